-- Sets a parameter of the transaction, because COPY takes none: COPY reads it by current_setting.
-- Parameters: $1 name, sverka.*; $2 value.
SELECT set_config($1::text, $2::text, true)
