"""Client libraries that were not written here, against a server that was.

    clients.py NAME URL

It ends well when all answers are as the vendor's pages have them.
"""

import base64
import hashlib
import hmac
import json
import socket
import sys
import time
import urllib.parse
import urllib.request


def libsonic(url):
    """py-sonic's client of Subsonic servers, against the mock: what the examples of the definition say comes back."""
    from libsonic import Connection, errors

    parts = urllib.parse.urlsplit(url)
    for legacy in [False, True]:
        server = Connection(f"http://{parts.hostname}", "joe", "sesame", port=parts.port, appName="live", legacyAuth=legacy, apiVersion="1.16.1")
        assert server.ping() is True
        folders = server.getMusicFolders()["musicFolders"]["musicFolder"]
        assert folders[0] == {"id": 1, "name": "Records"}, folders
        assert len(server.getMusicFolders()["musicFolders"]["musicFolder"]) == 2
        album = server.getAlbum("11")["album"]
        assert (album["name"], album["songCount"], album["song"][0]["title"]) == ("Lanterns", 1, "Slack Water"), album
        assert server.getPlaylists()["playlists"] is not None
        assert server.getLicense()["status"] == "ok"
        assert server.search3("water")["status"] == "ok"
        assert server.star(sids=["112"], albumIds=["11"])["status"] == "ok"
        assert server.createPlaylist(name="On the ferry", songIds=["112", "113"])["status"] == "ok"
        assert server.getGenres()["status"] == "ok"
        assert server.getAlbumList2("newest")["status"] == "ok"
        assert server.getStarred2()["status"] == "ok"
        assert server.setRating("112", 4)["status"] == "ok"
        assert server.getInternetRadioStations()["status"] == "ok"
        assert server.deletePlaylist("15")["status"] == "ok"
    # The mock knows the password, and checks the tokens that are made of it.
    stranger = Connection(f"http://{parts.hostname}", "joe", "another", port=parts.port, appName="live", apiVersion="1.16.1")
    try:
        stranger.ping()
    except errors.CredentialError:
        pass
    else:
        raise AssertionError("a token of another password")
    # Of the library's methods that can be called, the definition lacks none: what it has left out is asked for below them.
    try:
        server._checkStatus(server._doInfoReq(server._getRequest("getTranscodeStream.view")))
    except (errors.SonicError, urllib.error.HTTPError):
        pass
    else:
        raise AssertionError("a method that the definition does not have")


def boto3(url):
    """Amazon's client of SNS, against a mock that knows its secret."""
    import boto3
    from botocore.config import Config

    config = Config(retries={"max_attempts": 1}, connect_timeout=5, read_timeout=10)
    topics = boto3.client(
        "sns", endpoint_url=url, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret", config=config
    )
    created = topics.create_topic(Name="T", Attributes={"DisplayName": "a & b"}, Tags=[{"Key": "k", "Value": "v"}])
    assert created["TopicArn"] == "arn:aws:sns:us-east-1:123456789012:T", created
    listed = topics.list_topics()
    assert [topic["TopicArn"] for topic in listed["Topics"]] == ["arn:aws:sns:us-east-1:123456789012:T"], listed
    told = topics.get_topic_attributes(TopicArn=created["TopicArn"])["Attributes"]
    assert told == {"DisplayName": "a & b", "Owner": "123456789012"}, told
    sent = topics.publish(
        TopicArn=created["TopicArn"], Message="ä & <b>", MessageAttributes={"n": {"DataType": "Number", "StringValue": "1"}}
    )
    assert sent["MessageId"], sent
    assert topics.list_tags_for_resource(ResourceArn=created["TopicArn"])["Tags"] == [{"Key": "k", "Value": "v"}]
    topics.delete_topic(TopicArn=created["TopicArn"])

    def refused(code, call):
        try:
            call()
        except topics.exceptions.ClientError as error:
            assert error.response["Error"]["Code"] == code, error.response
        else:
            raise AssertionError(f"it should be refused with {code}")

    refused("InvalidAction", lambda: topics.list_phone_numbers_opted_out())
    topics = boto3.client(
        "sns", endpoint_url=url, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="other", config=config
    )
    refused("SignatureDoesNotMatch", lambda: topics.list_topics())


def oauthlib(url):
    """Requests that oauthlib signs, against NINA's mock; and those of a public JavaScript client, as it writes them."""
    from oauthlib.oauth1.rfc5849 import signature

    def call(method, path, pairs, query=()):
        target = url + path
        text = urllib.parse.urlencode(pairs)
        if method == "GET":
            request = urllib.request.Request(f"{target}?{text}")
        else:
            behind = "?" + urllib.parse.urlencode(query) if query else ""
            request = urllib.request.Request(target + behind, data=text.encode())
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.loads(reply.read())["response"]

    def signed(method, path, pairs, key):
        uri = signature.base_string_uri(url + path)
        base = signature.signature_base_string(method, uri, signature.normalize_parameters(pairs))
        return [*pairs, ("sig_sha256", base64.b64encode(hmac.new(key, base.encode(), hashlib.sha256).digest()).decode())]

    password = "Grün & 100% + süß=1"
    login = [("devId", "ao1abcDEF"), ("f", "json"), ("s", "chattingchuck"), ("pwd", password)]
    for pairs, query in [
        (login, ()),
        # The parameters of the JavaScript client: JSON in capitals, in the URL and in the form, and other names for two of them.
        ([("f", "JSON"), ("k", "ao1abcDEF"), ("s", "chattingchuck"), ("pwd", password), ("clientVersion", "0.1"), ("ClientName", "live")], [("f", "JSON")]),
    ]:
        opened = call("POST", "/auth/clientLogin", pairs, query)
        assert opened["statusCode"] == 200, opened
        token = opened["data"]["token"]["a"]
        key = base64.b64encode(hmac.new(password.encode(), opened["data"]["sessionSecret"].encode(), hashlib.sha256).digest())
        common = [("devId", "ao1abcDEF"), ("f", "json"), ("a", token), ("ts", str(int(time.time())))]
        for method in ["GET", "POST"]:
            told = call(method, "/auth/getInfo", signed(method, "/auth/getInfo", [*common, ("r", "ä ~*'()")], key))
            assert told["statusCode"] == 200, told
            assert told["requestId"] == "ä ~*'()", told
        wrong = call("GET", "/auth/getInfo", signed("GET", "/auth/getInfo", common, b"another key"))
        assert wrong["statusCode"] == 401, wrong
        # Unsigned, at the host of the authentication.
        begun = call("GET", "/aim/startSession", [("f", "JSON"), ("k", "ao1abcDEF"), ("a", token), ("events", "im,buddylist")])
        assert begun["statusCode"] == 200, begun
        aim = [("f", "JSON"), ("aimsid", begun["data"]["aimsid"])]
        sent = [("ts", "1700000000"), ("sig_sha256", "x"), ("t", "bob"), ("message", "hi"), ("a", token)]
        assert call("GET", "/im/sendIM", [("k", "ao1abcDEF"), *sent, *aim])["statusCode"] == 200
        closed = call("GET", "/auth/logout", signed("GET", "/auth/logout", common[:3], key))
        assert closed["statusCode"] == 200, closed
        again = call("GET", "/auth/getInfo", signed("GET", "/auth/getInfo", common, key))
        assert again["statusCode"] == 401, again


CLIENTS = {"libsonic": libsonic, "boto3": boto3, "oauthlib": oauthlib}

if __name__ == "__main__":
    socket.setdefaulttimeout(10)
    CLIENTS[sys.argv[1]](sys.argv[2])
