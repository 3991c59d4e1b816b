"""Prints what Python's parser finds in a night's mail, and openpyxl in the workbook that it brings, as JSON."""
import email
import email.policy
import hashlib
import io
import json
import sys

from read_sheets import sheets

raw = open(sys.argv[1], "rb").read()
message = email.message_from_bytes(raw, policy=email.policy.default)
attachments = list(message.iter_attachments())
content = attachments[0].get_payload(decode=True)
json.dump({
    "subject": message["subject"],
    "text": message.get_body(("plain",)).get_content(),
    "html": message.get_body(("html",)).get_content(),
    "defects": [type(defect).__name__ for part in message.walk() for defect in part.defects],
    "attachments": [part.get_filename() for part in attachments],
    "sha256": hashlib.sha256(content).hexdigest(),
    "sheets": sheets(io.BytesIO(content)),
}, sys.stdout, ensure_ascii=True)
