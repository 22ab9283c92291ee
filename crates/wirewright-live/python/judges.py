"""Signers of requests that were not written here, and what they say of a request that was signed elsewhere.

    judges.py

Each line of the input is a question in JSON, and each line of the output its answer; it ends with its input. A question is either

    {"scheme": "oauth", "keys": {…}, "sign": {…}}    what is to be signed; the answer is the request
    {"scheme": "oauth", "keys": {…}, "taken": {…}}   a request; the answer is whether it is rightly signed

`oauth` is oauthlib, `aws` botocore.
"""

import datetime
import json
import sys
import urllib.parse


def encoded(pairs, plan):
    """Pairs as a query string or form: a space is `+` or `%20`."""
    return urllib.parse.urlencode([tuple(pair) for pair in pairs], quote_via=urllib.parse.quote_plus if plan["plus"] else urllib.parse.quote)


def address(plan):
    return plan["endpoint"] + plan["path"].replace("{place}", urllib.parse.quote(plan["place"], safe=""))


def with_query(plan):
    pairs = plan["pairs"]
    return address(plan) + ("?" + encoded(pairs, plan) if pairs and not plan["form"] else "")


class OAuth:
    def validator(self, keys):
        from oauthlib import oauth1

        class Validator(oauth1.RequestValidator):
            """A server that knows one client, and one token of it."""

            enforce_ssl = False
            allowed_signature_methods = ("HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT")
            timestamp_lifetime = 10**10
            dummy_client = "nobody"
            dummy_access_token = "nothing"

            def is_any(self, _):
                return True

            # Keys are of any length, and have any characters.
            check_client_key = check_access_token = check_nonce = check_verifier = is_any

            def validate_timestamp_and_nonce(self, *_, **__):
                return True

            def validate_realms(self, *_, **__):
                return True

            def validate_client_key(self, key, _):
                return key == keys["key"]

            def validate_access_token(self, _, token, __):
                return token == keys["token"]

            def get_client_secret(self, *_):
                return keys["secret"]

            def get_access_token_secret(self, *_):
                return keys["token_secret"]

        return Validator()

    def taken(self, keys, request):
        from oauthlib import oauth1

        validator = self.validator(keys)
        message = (request["url"], request["method"], request["body"], dict(request["headers"]))
        if keys["token"] is None:
            return oauth1.SignatureOnlyEndpoint(validator).validate_request(*message)[0]
        return oauth1.ResourceEndpoint(validator).validate_protected_resource_request(*message)[0]

    def sign(self, keys, plan):
        from oauthlib import oauth1

        places = {"header": oauth1.SIGNATURE_TYPE_AUTH_HEADER, "query": oauth1.SIGNATURE_TYPE_QUERY, "form": oauth1.SIGNATURE_TYPE_BODY}
        client = oauth1.Client(
            keys["key"],
            keys["secret"],
            keys["token"],
            keys["token_secret"],
            callback_uri=plan["callback"],
            verifier=plan["verifier"],
            signature_method=keys["algorithm"],
            signature_type=places[plan["signature"]],
            nonce=plan["nonce"],
            timestamp=str(plan["clock"]),
        )
        body, headers = None, {}
        if plan["form"]:
            body, headers = encoded(plan["pairs"], plan), {"Content-Type": "application/x-www-form-urlencoded"}
        url, headers, body = client.sign(with_query(plan), plan["method"], body, headers, plan["realm"])
        return {"method": plan["method"], "url": url, "headers": list(headers.items()), "body": body or ""}


class Aws:
    def signer(self, keys, presigned=None):
        from botocore import auth
        from botocore.credentials import Credentials

        credentials = Credentials(keys["key"], keys["secret"], keys["token"])
        if presigned is not None:
            return auth.SigV4QueryAuth(credentials, keys["service"], keys["region"], expires=presigned)
        return auth.SigV4Auth(credentials, keys["service"], keys["region"])

    def sign(self, keys, plan):
        from botocore import auth
        from botocore.awsrequest import AWSRequest

        now = datetime.datetime.fromtimestamp(plan["clock"], datetime.timezone.utc)
        auth.get_current_datetime = lambda *_, **__: now
        signer = self.signer(keys, plan["expires"] if plan["signature"] == "query" else None)
        request = AWSRequest(plan["method"], address(plan))
        if plan["form"]:
            request.data = encoded(plan["pairs"], plan).encode()
            request.headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        elif plan["pairs"]:
            request.params = [tuple(pair) for pair in plan["pairs"]]
            if plan["signature"] == "query":
                request.params = dict(request.params)
        signer.add_auth(request)
        sent = request.prepare()
        text = lambda value: value.decode() if isinstance(value, bytes) else value
        headers = [(name, text(value)) for name, value in sent.headers.items()]
        return {"method": sent.method, "url": sent.url, "headers": headers, "body": text(sent.body or b"")}

    def taken(self, keys, request):
        """Signs what the request says is signed once more: the same has to come out."""
        from botocore.awsrequest import AWSRequest

        parts = urllib.parse.urlsplit(request["url"])
        pairs = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
        headers = {name.lower(): value for name, value in request["headers"]}
        query = dict(pairs)
        if "X-Amz-Signature" in query:
            pairs = [pair for pair in pairs if pair[0] != "X-Amz-Signature"]
            given, names, moment = query["X-Amz-Signature"], query["X-Amz-SignedHeaders"], query["X-Amz-Date"]
        else:
            given, names, moment = headers["authorization"], None, headers["x-amz-date"]
            names = given.partition("SignedHeaders=")[2].partition(",")[0]
        names = names.split(";")
        # What has to be signed.
        if "host" not in names or any(name.startswith("x-amz-") and name not in names for name in headers):
            return False
        copy = AWSRequest(request["method"], parts._replace(query="").geturl(), params=pairs, data=request["body"].encode())
        for name in names:
            if name != "host":
                copy.headers[name] = headers[name]
        copy.context["timestamp"] = moment
        signer = self.signer(keys)
        signature = signer.signature(signer.string_to_sign(copy, signer.canonical_request(copy)), copy)
        if "X-Amz-Signature" in query:
            return (given, query["X-Amz-Credential"], query["X-Amz-Algorithm"]) == (signature, signer.scope(copy), "AWS4-HMAC-SHA256")
        signer._inject_signature_to_request(copy, signature)
        return given == copy.headers["Authorization"]


JUDGES = {"oauth": OAuth(), "aws": Aws()}

if __name__ == "__main__":
    for line in sys.stdin:
        question = json.loads(line)
        judge = JUDGES[question["scheme"]]
        try:
            if "sign" in question:
                answer = judge.sign(question["keys"], question["sign"])
            else:
                answer = judge.taken(question["keys"], question["taken"])
        except (KeyError, UnicodeError, ValueError) as error:
            # What cannot be read is not taken.
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)
