"""Prints what Python's parser finds in a message, as JSON."""
import email
import email.policy
import hashlib
import json
import sys

raw = open(sys.argv[1], "rb").read()
message = email.message_from_bytes(raw, policy=email.policy.default)
parts = []
for part in message.walk():
    content = part.get_payload(decode=True)
    parts.append({
        "type": part.get_content_type(),
        "name": part.get_filename(),
        "text": part.get_content() if part.get_content_maintype() == "text" else None,
        "sha256": hashlib.sha256(content).hexdigest() if content else None,
        "defects": [type(defect).__name__ for defect in part.defects],
    })
json.dump({
    "subject": message["subject"], "from": message["from"].addresses[0].display_name,
    "to": [address.addr_spec for address in message["to"].addresses],
    "id": message["message-id"], "date": message["date"].datetime.isoformat(),
    "headers": message.keys(), "parts": parts,
}, sys.stdout, ensure_ascii=True)
