#!/usr/bin/env python3
"""Checks a published secret vote and counts it again.

Written from src/modules/ballots/format.md; shares no code with the server. Needs Python 3.9 and python3-cryptography 38.
Usage: verify_ballots.py FOLDER [--eid EID] [--receipt FILE]... [--mine FILE]
Prints a report in canonical JSON; exit 0 if the publication is accepted, 1 if not.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import sys

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
FILES = ["opening.json", "roll.jsonl", "board.jsonl", "trustees.json", "paper.json", "result.json", "head.json"]
HEADED = {"board": "board.jsonl", "paper": "paper.json", "result": "result.json",
          "roll": "roll.jsonl", "trustees": "trustees.json"}
FAULTS = ["form", "limit", "names", "paper", "sealed", "symbols"]
SAFE = 2 ** 53 - 1


# --- bytes and text -------------------------------------------------------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).digest()


def label(name):
    return b"zhijia-ballots-1/" + name.encode() + b"\0"


def to_text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text, length=None):
    """The bytes of strict base64url, or None."""
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if to_text(data) != text or (length is not None and len(data) != length):
        return None
    return data


class NotCanonical(Exception):
    pass


def canonical(value, depth=0):
    if depth > 8:
        raise NotCanonical
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        if abs(value) > SAFE:
            raise NotCanonical
        return str(value)
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise NotCanonical from None
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(each, depth + 1) for each in value) + "]"
    if isinstance(value, dict):
        if not all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", key) for key in value):
            raise NotCanonical
        return "{" + ",".join('"%s":%s' % (key, canonical(value[key], depth + 1)) for key in sorted(value)) + "}"
    raise NotCanonical


MISSING = object()


def parse_canonical(text):
    """The value, or MISSING if the text isn't its canonical spelling."""
    try:
        value = json.loads(text)
        return value if canonical(value) == text else MISSING
    except (ValueError, NotCanonical, RecursionError):
        return MISSING


def is_count(value, least=0, most=1_000_000_000):
    return type(value) is int and least <= value <= most


def has_keys(value, keys):
    return isinstance(value, dict) and sorted(value) == keys.split(" ")


def lines_of(text):
    if text == "":
        return []
    return text[:-1].split("\n") if text.endswith("\n") else None


# --- the opening ----------------------------------------------------------------------------------------------------

class Vote:
    pass


def is_symbol(value):
    return isinstance(value, str) and re.fullmatch(r"[a-z]", value) is not None


def is_item(value):
    return (has_keys(value, "id symbols title")
            and all(isinstance(value[key], str) for key in value)
            and re.fullmatch(r"[a-z0-9-]{1,40}", value["id"]) is not None
            and re.fullmatch(r"[a-z]{1,26}", value["symbols"]) is not None
            and len(set(value["symbols"])) == len(value["symbols"]))


def is_opening(o):
    if not has_keys(o, "boxKey format items limit nonce notes pad roll title tokenKeys trustees writeIn"):
        return False
    limit, write_in, items, roll = o["limit"], o["writeIn"], o["items"], o["roll"]
    keys, trustees = o["tokenKeys"], o["trustees"]
    return (o["format"] == "zhijia-ballots-1"
            and all(isinstance(o[key], str) for key in ("title", "nonce", "boxKey"))
            and isinstance(o["notes"], dict)
            and is_count(o["pad"], 16, 16384)
            and isinstance(items, list) and 1 <= len(items) <= 500
            and all(is_item(item) for item in items)
            and len({item["id"] for item in items}) == len(items)
            and (limit is None or (has_keys(limit, "most symbol") and is_symbol(limit["symbol"])
                                   and is_count(limit["most"], 0, 500)))
            and (write_in is None or (has_keys(write_in, "length most on") and is_symbol(write_in["on"])
                                      and is_count(write_in["most"], 1, 100) and is_count(write_in["length"], 1, 100)))
            and has_keys(roll, "root size") and isinstance(roll["root"], str) and is_count(roll["size"], 1, 10_000_000)
            and isinstance(keys, list) and 1 <= len(keys) <= 4
            and all(has_keys(key, "e n") and is_count(key["e"], 65537, 65537) and isinstance(key["n"], str)
                    for key in keys)
            and has_keys(trustees, "keys threshold") and isinstance(trustees["keys"], list)
            and all(isinstance(key, str) for key in trustees["keys"]) and len(trustees["keys"]) <= 20
            and (is_count(trustees["threshold"], 1, len(trustees["keys"])) if trustees["keys"]
                 else is_count(trustees["threshold"], 0, 0)))


def read_opening(text):
    opening = parse_canonical(text)
    if opening is MISSING or not is_opening(opening):
        return None
    vote = Vote()
    vote.opening = opening
    vote.eid = sha256(label("opening") + text.encode())
    vote.nonce = from_text(opening["nonce"], 32)
    vote.root = from_text(opening["roll"]["root"], 32)
    vote.box_key = from_text(opening["boxKey"], 65)
    vote.trustee_keys = [from_text(key, 65) for key in opening["trustees"]["keys"]]
    vote.moduli = [from_text(key["n"]) for key in opening["tokenKeys"]]
    if None in [vote.nonce, vote.root, vote.box_key] + vote.trustee_keys:
        return None
    for n in vote.moduli:
        if n is None or len(n) not in (256, 384, 512) or not n[0] & 0x80 or not n[-1] & 1:
            return None
    vote.token_keys = [rsa.RSAPublicNumbers(65537, int.from_bytes(n, "big")).public_key() for n in vote.moduli]
    vote.trustee_points = [point(key) for key in vote.trustee_keys]
    return vote


# --- cryptography ---------------------------------------------------------------------------------------------------

def hkdf(secret, salt, info, length):
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def point(data):
    if len(data) != 65 or data[0] != 4:
        return None
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, data)
    except ValueError:
        return None


def private(scalar):
    return ec.derive_private_key(scalar, CURVE)


def encoded(key):
    numbers = key.public_key().public_numbers()
    return b"\4" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def scalar_of(data):
    return int.from_bytes(data, "big") % (ORDER - 1) + 1


def signature_holds(key, message, signature):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    public = point(key)
    if public is None or len(signature) != 64 or s > ORDER >> 1:
        return False
    try:
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
        return True
    except InvalidSignature:
        return False


def token_holds(key, message, token):
    try:
        key.verify(token, message, padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384())
        return True
    except InvalidSignature:
        return False


def gf_times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a <<= 1
        if a & 256:
            a ^= 0x11B
        b >>= 1
    return product


GF = [[gf_times(a, b) for b in range(256)] for a in range(256)]
GF_INVERSE = [0] + [GF[a].index(1) for a in range(1, 256)]


def gf_row(table, data):
    return data.translate(bytes(table))


def xor(one, other):
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(len(one), "big")


def split(secret, coefficients, count):
    shares = []
    for x in range(1, count + 1):
        total = bytes(len(secret))
        for row in reversed([secret] + coefficients):
            total = xor(gf_row(GF[x], total), row)
        shares.append(total)
    return shares


def join(shares):
    total = bytes(32)
    for x, share in shares:
        weight = 1
        for other, _ in shares:
            if other != x:
                weight = GF[weight][GF[other][GF_INVERSE[other ^ x]]]
        total = xor(total, gf_row(GF[weight], share))
    return total


# --- ballots --------------------------------------------------------------------------------------------------------

LINE = re.compile(
    r'\{"body":"([A-Za-z0-9_-]*)","ephemeral":"([A-Za-z0-9_-]*)","key":"([A-Za-z0-9_-]*)",'
    r'"prefixes":\[([A-Za-z0-9_",-]*)\],"shares":\[([A-Za-z0-9_",-]*)\],'
    r'"signature":"([A-Za-z0-9_-]*)","tokens":\[([A-Za-z0-9_",-]*)\]\}')
MESSAGE = re.compile(r'\{"m":"([a-z]{1,500})","w":\[((?:"[^"\\]*"(?:,"[^"\\]*")*)?)\]\}')
NAME = re.compile(r"[A-Za-z0-9·（）\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+")


def read_list(text, lengths):
    parts = text.split(",") if text else []
    if len(parts) != len(lengths):
        return None
    values = []
    for part, length in zip(parts, lengths):
        if len(part) < 2 or part[0] != '"' or part[-1] != '"':
            return None
        values.append(from_text(part[1:-1], length))
    return None if None in values else values


class Ballot:
    pass


def read_line(vote, line):
    found = LINE.fullmatch(line)
    if not found:
        return None
    trustees = len(vote.trustee_keys)
    b = Ballot()
    b.body = from_text(found[1], vote.opening["pad"] + (16 if trustees else 0))
    b.ephemeral = from_text(found[2], 65 if trustees else 0)
    b.key = from_text(found[3], 65)
    b.prefixes = read_list(found[4], [32] * len(vote.moduli))
    b.shares = read_list(found[5], [32] * trustees)
    b.signature = from_text(found[6], 64)
    b.tokens = read_list(found[7], [len(n) for n in vote.moduli])
    if None in (b.body, b.ephemeral, b.key, b.prefixes, b.shares, b.signature, b.tokens):
        return None
    content = sha256(label("content") + b.ephemeral + b"".join(b.shares) + b.body)
    b.id = sha256(label("ballot") + vote.eid + b.key + content)
    return b


def mask(vote, secret, ephemeral, index):
    return hkdf(secret, vote.eid, label("share/%d" % index) + ephemeral, 32)


def unlock(vote, b, secrets):
    """The padded message of a sealed ballot, or None. Makes the envelope again and compares."""
    ephemeral = point(b.ephemeral)
    if ephemeral is None:
        return None
    threshold = vote.opening["trustees"]["threshold"]
    shares = []
    for index, secret in secrets[:threshold]:
        common = secret.exchange(ec.ECDH(), ephemeral)
        shares.append((index, xor(b.shares[index - 1], mask(vote, common, b.ephemeral, index))))
    content = join(shares)
    own = private(scalar_of(hkdf(content, vote.eid, label("ephemeral"), 48)))
    if encoded(own) != b.ephemeral:
        return None
    rows = [hkdf(content, vote.eid, label("coefficient/%d" % at), 32) for at in range(1, threshold)]
    for at, share in enumerate(split(content, rows, len(vote.trustee_keys))):
        if vote.trustee_points[at] is None:
            return None
        common = own.exchange(ec.ECDH(), vote.trustee_points[at])
        if xor(share, mask(vote, common, b.ephemeral, at + 1)) != b.shares[at]:
            return None
    try:
        return AESGCM(hkdf(content, vote.eid, label("body"), 32)).decrypt(bytes(12), b.body, vote.eid + b.key)
    except InvalidTag:
        return None


def unpad(padded):
    length = int.from_bytes(padded[:2], "big")
    if length + 2 > len(padded) or any(padded[length + 2:]):
        return None
    try:
        return padded[2:length + 2].decode("utf-8")
    except UnicodeDecodeError:
        return None


def judge(vote, message):
    """(marks, names), or the fault as text."""
    found = MESSAGE.fullmatch(message)
    if not found:
        return "form"
    marks, names = found[1], found[2][1:-1].split('","') if found[2] else []
    items, limit, write_in = vote.opening["items"], vote.opening["limit"], vote.opening["writeIn"]
    if len(marks) != len(items) or any(mark not in item["symbols"] for mark, item in zip(marks, items)):
        return "symbols"
    if limit and marks.count(limit["symbol"]) + len(names) > limit["most"]:
        return "limit"
    if names:
        if not write_in or len(names) > write_in["most"] or len(names) > marks.count(write_in["on"]):
            return "names"
        if len(set(names)) != len(names) or not all(writable(name, write_in["length"]) for name in names):
            return "names"
    return marks, names


def writable(name, length):
    return NAME.fullmatch(name) is not None and len(name) <= length


# --- the checks -----------------------------------------------------------------------------------------------------

def read_roll(vote, text, reasons):
    papers = {"kiosk": 0, "none": 0, "online": 0, "paper": 0}
    lines, last = [], None
    texts = lines_of(text)
    if texts is None:
        reasons.append("roll-end")
        return lines, papers
    for number, line in enumerate(texts, 1):
        found = re.fullmatch(r'\{"channel":"(kiosk|none|online|paper)","voter":"([A-Za-z0-9_-]{43})"\}', line)
        voter = from_text(found[2], 32) if found else None
        if voter is None:
            reasons.append("roll-line:%d" % number)
            continue
        if last is not None and last >= voter:
            reasons.append("roll-order:%d" % number)
        lines.append((voter, found[1]))
        papers[found[1]] += 1
        last = voter
    if len(lines) != vote.opening["roll"]["size"]:
        reasons.append("roll-size")
    if sha256(label("roll") + b"".join(voter for voter, _ in lines)) != vote.root:
        reasons.append("roll-root")
    return lines, papers


def read_board(vote, text, reasons):
    ballots, keys, last = [], set(), None
    lines = lines_of(text)
    if lines is None:
        reasons.append("board-end")
        return ballots
    for number, line in enumerate(lines, 1):
        b = read_line(vote, line)
        if b is None:
            reasons.append("board-line:%d" % number)
            continue
        if last is not None and last >= b.id:
            reasons.append("board-order:%d" % number)
        if b.key in keys:
            reasons.append("key-twice:%d" % number)
        message = label("token") + vote.eid + b.key
        if not all(token_holds(key, prefix + message, token)
                   for key, prefix, token in zip(vote.token_keys, b.prefixes, b.tokens)):
            reasons.append("token:%d" % number)
        if not signature_holds(b.key, label("cast") + vote.eid + b.id, b.signature):
            reasons.append("signature:%d" % number)
        last = b.id
        keys.add(b.key)
        ballots.append(b)
    return ballots


def read_trustees(vote, text, reasons):
    value = parse_canonical(text)
    entries = value["keys"] if has_keys(value, "keys") and isinstance(value["keys"], list) else None
    if entries is None:
        reasons.append("trustees")
        return None
    secrets, last = [], 0
    for entry in entries:
        index = entry["index"] if has_keys(entry, "index secret") else None
        secret = from_text(entry["secret"], 32) if has_keys(entry, "index secret") else None
        if secret is None or not is_count(index, last + 1, len(vote.trustee_keys)):
            reasons.append("trustees")
            return None
        secrets.append((index, int.from_bytes(secret, "big")))
        last = index
    if len(secrets) < vote.opening["trustees"]["threshold"]:
        reasons.append("trustees")
        return None
    opened = []
    for index, scalar in secrets:
        if 0 < scalar < ORDER and encoded(private(scalar)) == vote.trustee_keys[index - 1]:
            opened.append((index, private(scalar)))
        else:
            reasons.append("trustee-key:%d" % index)
    return opened if len(opened) == len(secrets) else None


def is_station(vote, s):
    items, write_in = vote.opening["items"], vote.opening["writeIn"]
    return (has_keys(s, "invalid issued marks name names returned tellers")
            and isinstance(s["name"], str)
            and all(is_count(s[key]) for key in ("issued", "returned", "invalid"))
            and isinstance(s["marks"], list) and len(s["marks"]) == len(items)
            and all(isinstance(row, list) and len(row) == len(item["symbols"]) and all(is_count(n) for n in row)
                    for row, item in zip(s["marks"], items))
            and isinstance(s["names"], list)
            and all(has_keys(entry, "name votes") and isinstance(entry["name"], str) and write_in is not None
                    and writable(entry["name"], write_in["length"]) and is_count(entry["votes"])
                    for entry in s["names"])
            and isinstance(s["tellers"], list) and len(s["tellers"]) >= 2
            and all(isinstance(name, str) and name != "" for name in s["tellers"]))


def read_paper(vote, text, papers, reasons):
    value = parse_canonical(text)
    stations = value["stations"] if has_keys(value, "stations") and isinstance(value["stations"], list) else None
    if stations is None or not all(is_station(vote, s) for s in stations):
        reasons.append("paper")
        return None
    for number, s in enumerate(stations, 1):
        valid = s["returned"] - s["invalid"]
        if s["returned"] > s["issued"] or valid < 0 or any(sum(row) != valid for row in s["marks"]):
            reasons.append("paper-station:%d" % number)
    if sum(s["issued"] for s in stations) > papers["paper"]:
        reasons.append("more-paper-than-marked")
    return stations


def recount(vote, ballots, secrets, stations, papers):
    items = vote.opening["items"]
    votes = [dict.fromkeys(item["symbols"], 0) for item in items]
    invalid, names, valid = dict.fromkeys(FAULTS, 0), {}, 0
    for b in ballots:
        padded = unlock(vote, b, secrets) if vote.trustee_keys else b.body
        message = unpad(padded) if padded is not None else None
        choice = "sealed" if padded is None else "form" if message is None else judge(vote, message)
        if isinstance(choice, str):
            invalid[choice] += 1
            continue
        valid += 1
        for at, mark in enumerate(choice[0]):
            votes[at][mark] += 1
        for name in choice[1]:
            names[name] = names.get(name, 0) + 1
    for s in stations:
        invalid["paper"] += s["invalid"]
        valid += s["returned"] - s["invalid"]
        for at, item in enumerate(items):
            for symbol, n in zip(item["symbols"], s["marks"][at]):
                votes[at][symbol] += n
        for entry in s["names"]:
            names[entry["name"]] = names.get(entry["name"], 0) + entry["votes"]
    return {
        "eid": to_text(vote.eid), "papers": papers,
        "returned": {"box": len(ballots), "paper": sum(s["returned"] for s in stations)},
        "valid": valid, "invalid": invalid,
        "items": [{"id": item["id"], "votes": votes[at]} for at, item in enumerate(items)],
        "names": [{"name": name, "votes": n}
                  for name, n in sorted(names.items(), key=lambda entry: (-entry[1], entry[0].encode()))],
    }


def check_head(vote, text, raw, ballots, reasons):
    head = parse_canonical(text)
    signature = None
    if has_keys(head, "ballots board eid paper result roll signature trustees"):
        signature = from_text(head["signature"], 64)
    if signature is None:
        reasons.append("head")
        return
    unsigned = {key: head[key] for key in head if key != "signature"}
    if unsigned["eid"] != to_text(vote.eid):
        reasons.append("head-eid")
    if type(unsigned["ballots"]) is not int or unsigned["ballots"] != ballots:
        reasons.append("head-ballots")
    for name in sorted(HEADED):
        if unsigned[name] != to_text(sha256(raw[HEADED[name]])):
            reasons.append("head-" + name)
    if not signature_holds(vote.box_key, label("head") + vote.eid + canonical(unsigned).encode(), signature):
        reasons.append("head-signature")


def check_receipt(vote, value, number, ids, reasons):
    if not has_keys(value, "eid id receipt") or not all(isinstance(value[key], str) for key in value):
        reasons.append("receipt-form:%d" % number)
        return
    name, signature = from_text(value["id"], 32), from_text(value["receipt"], 64)
    if (value["eid"] != to_text(vote.eid) or name is None or signature is None
            or not signature_holds(vote.box_key, label("receipt") + vote.eid + name, signature)):
        reasons.append("receipt-signature:%d" % number)
    elif name not in ids:
        reasons.append("receipt-missing:%d" % number)


def find_mine(vote, value, lines, reasons):
    salt = None
    if has_keys(value, "reference salt") and isinstance(value["reference"], str):
        salt = from_text(value["salt"], 32)
    if salt is None:
        reasons.append("mine-form")
        return ""
    voter = sha256(label("voter") + vote.nonce + salt + value["reference"].encode())
    for each, channel in lines:
        if each == voter:
            return channel
    reasons.append("mine-missing")
    return ""


def verify(folder, eid=None, receipts=(), mine=MISSING):
    reasons = []
    report = {"accepted": False, "ballots": 0, "eid": "", "mine": "",
              "papers": {"kiosk": 0, "none": 0, "online": 0, "paper": 0},
              "reasons": reasons, "receipts": 0, "result": None}
    raw, texts = {}, {}
    for name in FILES:
        path = os.path.join(folder, name)
        short = name.split(".")[0]
        if not os.path.exists(path):
            reasons.append("missing:" + short)
            continue
        with open(path, "rb") as file:
            raw[name] = file.read()
        try:
            texts[name] = raw[name].decode("utf-8")
        except UnicodeDecodeError:
            reasons.append("encoding:" + short)
    if reasons:
        return report
    vote = read_opening(texts["opening.json"])
    if vote is None:
        reasons.append("opening")
        return report
    report["eid"] = to_text(vote.eid)
    if eid is not None and eid != report["eid"]:
        reasons.append("eid")
    lines, report["papers"] = read_roll(vote, texts["roll.jsonl"], reasons)
    papers = report["papers"]
    ballots = read_board(vote, texts["board.jsonl"], reasons)
    report["ballots"] = len(ballots)
    if len(ballots) > papers["online"] + papers["kiosk"]:
        reasons.append("more-ballots-than-papers")
    secrets = read_trustees(vote, texts["trustees.json"], reasons)
    stations = read_paper(vote, texts["paper.json"], papers, reasons)
    if secrets is not None and stations is not None:
        report["result"] = recount(vote, ballots, secrets, stations, papers)
        if texts["result.json"] != canonical(report["result"]):
            reasons.append("result-differs")
    check_head(vote, texts["head.json"], raw, len(ballots), reasons)
    ids = {b.id for b in ballots}
    for number, receipt in enumerate(receipts, 1):
        check_receipt(vote, receipt, number, ids, reasons)
    report["receipts"] = len(receipts)
    if mine is not MISSING:
        report["mine"] = find_mine(vote, mine, lines, reasons)
    report["accepted"] = not reasons
    return report


def value_in(path):
    with open(path, "rb") as file:
        value = parse_canonical(file.read().decode("utf-8", "replace").strip(" \t\r\n"))
    return None if value is MISSING else value


def joined(words):
    """A value may begin with a dash, or with two, as one in sixty-four numbers of a vote does: unless it is an option itself."""
    options = ("--eid", "--receipt", "--mine")
    whole = []
    for word in words:
        if whole and whole[-1] in options and word.startswith("-") and word.split("=")[0] not in options:
            whole[-1] += "=" + word
        else:
            whole.append(word)
    return whole


def main():
    parser = argparse.ArgumentParser(description="Checks a published secret vote and counts it again.")
    parser.add_argument("folder")
    parser.add_argument("--eid")
    parser.add_argument("--receipt", action="append", default=[])
    parser.add_argument("--mine")
    given = parser.parse_args(joined(sys.argv[1:]))
    report = verify(given.folder, given.eid, [value_in(path) for path in given.receipt],
                    value_in(given.mine) if given.mine else MISSING)
    sys.stdout.buffer.write((canonical(report) + "\n").encode("utf-8"))
    return 0 if report["accepted"] else 1


if __name__ == "__main__":
    sys.exit(main())
