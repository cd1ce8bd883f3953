#!/usr/bin/env python3
"""Runs the official vectors in test/vectors through the functions verify_ballots.py checks an election with.

usage: vectors.py [DIR]    prints a line per file; exit status 1 if one answer is wrong.
"""
import json
import os
import sys

sys.dont_write_bytecode = True
import verify_ballots as v  # noqa: E402

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "test", "vectors")


def load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def tests(vectors):
    return [(group, test) for group in vectors["testGroups"] for test in group["tests"]]


def rsa(modulus):
    return v.rsa.RSAPublicNumbers(65537, int(modulus, 16)).public_key()


def blind_signatures(folder):
    """RFC 9474: the unblinded answer is an ordinary signature of prefix and message."""
    given = load(folder, "rfc9474/appendix-a.json")
    key = rsa(given["key"]["n"])
    for one in given["vectors"]:
        message = bytes.fromhex(one["msg_prefix"] + one["msg"])
        signature = bytes.fromhex(one["sig"])
        yield v.token_holds(key, message, signature) and not v.token_holds(key, message + b"\0", signature)


def tokens(folder, name):
    for group, test in tests(load(folder, name)):
        key = rsa(group["n"] if "n" in group else group["publicKey"]["modulus"])
        ours = group["mgfSha"] == "SHA-384" and group["sLen"] == 48 and test["result"] == "valid"
        yield v.token_holds(key, bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"])) == ours


def signatures(folder, name):
    for group, test in tests(load(folder, name)):
        signature = bytes.fromhex(test["sig"])
        # The format has one spelling of a signature: the larger s is refused, though ECDSA allows it.
        ours = test["result"] == "valid" and int.from_bytes(signature[32:], "big") <= v.ORDER >> 1
        key = bytes.fromhex(group["key"]["uncompressed"])
        yield v.signature_holds(key, bytes.fromhex(test["msg"]), signature) == ours


def shared_secrets(folder, name):
    for _group, test in tests(load(folder, name)):
        public = v.point(bytes.fromhex(test["public"]))
        scalar = int(test["private"], 16)
        shared = None if public is None else v.private(scalar).exchange(v.ec.ECDH(), public).hex()
        # «acceptable» are compressed points, which the format doesn't know.
        yield shared == (test["shared"] if test["result"] == "valid" else None)


def derived_keys(folder, name):
    for _group, test in tests(load(folder, name)):
        parts = [bytes.fromhex(test[part]) for part in ("ikm", "salt", "info")]
        try:
            made = v.hkdf(*parts, test["size"]).hex()
        except ValueError:
            made = ""
        yield made == test["okm"]


CHECKS = (
    ("rfc9474/appendix-a.json", lambda folder, _name: blind_signatures(folder)),
    ("wycheproof/rsa_pss_2048_sha384_mgf1_48_part.json", tokens),
    ("wycheproof/rsa_pss_misc_sha384_part.json", tokens),
    ("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", signatures),
    ("wycheproof/ecdh_secp256r1_ecpoint_test.json", shared_secrets),
    ("wycheproof/hkdf_sha256_test.json", derived_keys),
)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else FOLDER
    wrong = 0
    for name, check in CHECKS:
        answers = list(check(folder, name))
        wrong += answers.count(False)
        print("%s: %d vectors, %d wrong" % (name, len(answers), answers.count(False)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
