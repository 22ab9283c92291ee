"""Servers that were not written here, on a port of the loopback interface that the system chooses.

    servers.py NAME FOLDER [PROGRAM]

The first line of the output is the URL, and perhaps words that a client has to know behind it. The server ends when its standard input does, so that it never outlives who started it. What it
has to keep, it keeps in FOLDER. Those that are not written in Python are at PROGRAM, and end with this one.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import wave
import http.server

HOST = "127.0.0.1"


def serve(application, handler=None, prepare=None):
    """Serves a WSGI application to the end of the standard input. `prepare` is called with its URL, and gives what a client has to know."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(handler or WSGIRequestHandler):
        def log(self, *_):
            pass

    server = make_server(HOST, 0, application, threaded=True, request_handler=Quiet)
    run(server, server.server_port, prepare)


def run(server, port, prepare=None):
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://{HOST}:{port}"
    print(url, *(prepare(url) if prepare else ()), flush=True)
    sys.stdin.read()
    os._exit(0)


def keep(folder, command, find, told, environment):
    """Runs a server that is a program of its own, to the end of the standard input. `find` gives its URL as soon as it listens, from what it has written."""
    log = folder / "log.txt"
    with log.open("wb") as output:
        child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **environment})
    is_over = threading.Event()

    def end_with_caller():
        sys.stdin.read()
        is_over.set()
        child.kill()

    threading.Thread(target=end_with_caller, daemon=True).start()
    try:
        deadline = time.monotonic() + 50
        while child.poll() is None and not (url := find(log.read_text(errors="replace"))):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            if child.poll() is None:
                print(url, *told, flush=True)
                child.wait()
    finally:
        child.kill()
        child.wait()
    if not is_over.is_set():
        sys.exit(f"{log.read_text(errors='replace')}\n{command[0]} does not listen, or no longer")


def azurite(folder, program):
    """An emulator of Azure's queues, at the URL of an account. Behind it are the name and the key of the account."""
    account, key = "ada", base64.b64encode(b"a key that was made up for this").decode()

    def find(written):
        listens = re.search(r"listens on (http://\S+)", written)
        return f"{listens[1]}/{account}" if listens else None

    command = ["node", program, "--queueHost", HOST, "--queuePort", "0", "--inMemoryPersistence", "--silent", "--disableTelemetry"]
    keep(folder, command, find, [account, key], {"AZURITE_ACCOUNTS": f"{account}:{key}"})


def mediawiki(folder, program):
    """A wiki over SQLite, made anew from the sources in a folder that stays as it is. Behind its URL are a name and a password."""
    name, password = "Ada", "made-up-for-this"
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    url = f"http://{HOST}:{port}"
    (folder / "data").mkdir()
    install = ["php", program / "maintenance/install.php", "--dbtype=sqlite", f"--dbpath={folder / 'data'}", "--dbname=wiki", f"--confpath={folder}"]
    install += [f"--server={url}", "--scriptpath=", "--lang=en", f"--pass={password}", "Live", name]
    settings = folder / "LocalSettings.php"
    environment = {"MW_CONFIG_FILE": str(settings)}
    made = subprocess.run(install, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=50)
    if made.returncode:
        sys.exit(made.stdout.decode(errors="replace"))
    # Jobs are for those who wait: each would be a call of the server by itself, which answers one at a time.
    settings.write_text(settings.read_text() + "\n$wgJobRunRate = 0;\n$wgEnableEmail = false;\n")

    def find(_):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            return None
        return url

    keep(folder, ["php", "-S", f"{HOST}:{port}", "-t", program], find, [name, password], environment)


def record(path, title, track):
    """A second of silence with the tags of a song."""
    from mutagen.id3 import TALB, TCON, TDRC, TIT2, TPE1, TRCK
    from mutagen.wave import WAVE

    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    tags = WAVE(path)
    tags.add_tags()
    for frame, text in [(TIT2, title), (TPE1, "The Ferrymen"), (TALB, "Lanterns & <Lamps>"), (TRCK, str(track)), (TDRC, "1978"), (TCON, "Folk")]:
        tags.tags.add(frame(encoding=3, text=text))
    tags.save()


def supysonic(folder):
    """A music server with an album of two songs, and a user who may do everything."""
    from supysonic.config import DefaultConfig
    from supysonic.db import close_connection, init_database, open_connection, release_database
    from supysonic.managers.folder import FolderManager
    from supysonic.managers.user import UserManager
    from supysonic.scanner import Scanner
    from supysonic.web import create_application

    class Config(DefaultConfig):
        BASE = {**DefaultConfig.BASE, "database_uri": f"sqlite:///{folder / 'supysonic.db'}"}
        WEBAPP = {**DefaultConfig.WEBAPP, "cache_dir": str(folder / "cache"), "mount_webui": False}

    for track, title in [(1, "Slack Water"), (2, "Größe — 日本")]:
        record(folder / "music/The Ferrymen/Lanterns" / f"{track}.wav", title, track)
    init_database(Config.BASE["database_uri"])
    open_connection(reuse=True)
    UserManager.add("joe", "sesame & süß", admin=True)
    FolderManager.add("Records", str(folder / "music"))
    scanner = Scanner()
    scanner.queue_folder("Records")
    scanner.run()
    close_connection()
    release_database()
    serve(create_application(Config))


def moto(_):
    """An emulator of Amazon's services that checks signatures. Behind its URL are the access key and the secret of a user."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app

    def prepare(url):
        import boto3

        iam = boto3.client("iam", endpoint_url=url, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret")
        everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        iam.create_user(UserName="ada")
        iam.put_user_policy(UserName="ada", PolicyName="all", PolicyDocument=json.dumps(everything))
        key = iam.create_access_key(UserName="ada")["AccessKey"]
        trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}
        iam.create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps(trust))
        iam.put_role_policy(RoleName="reader", PolicyName="all", PolicyDocument=json.dumps(everything))
        # From here on each call has to be signed.
        reset = urllib.request.Request(f"{url}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"})
        urllib.request.urlopen(reset, timeout=10).close()
        return key["AccessKeyId"], key["SecretAccessKey"]

    serve(DomainDispatcherApplication(create_backend_app), MotoRequestHandler, prepare)


class Oauth(http.server.BaseHTTPRequestHandler):
    """NINA's authentication with one user. The base string of a signature is oauthlib's."""

    SECRET = "salt/with+signs=="
    TOKEN = "%2FwQAAA%3D%3D"
    PASSWORD = "Grün & 100% + süß=1"
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer("")

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        self.answer(self.rfile.read(length).decode())

    def answer(self, body):
        target = urllib.parse.urlsplit(self.path)
        pairs = urllib.parse.parse_qsl(target.query, keep_blank_values=True) + urllib.parse.parse_qsl(body, keep_blank_values=True)
        parameters = dict(pairs)
        status, data = self.outcome(target.path, pairs, parameters)
        reply = {"statusCode": status, "statusText": "OK" if status == 200 else "no", "data": data}
        if "r" in parameters:
            reply["requestId"] = parameters["r"]
        text = json.dumps({"response": reply}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def outcome(self, path, pairs, parameters):
        if path == "/auth/clientLogin":
            if parameters.get("pwd") != self.PASSWORD:
                return 330, {}
            token = {"a": self.TOKEN, "expiresIn": 86400}
            return 200, {"token": token, "sessionSecret": self.SECRET, "hostTime": 1222790202}
        if parameters.get("a") != self.TOKEN or not self.is_signed(path, pairs):
            return 401, {}
        if path == "/auth/getInfo":
            return 200, {"userData": {"loginId": "chattingchuck"}}
        return (200, {}) if path == "/auth/logout" else (404, {})

    def is_signed(self, path, pairs):
        from oauthlib.oauth1.rfc5849 import signature

        given = [value for name, value in pairs if name == "sig_sha256"]
        others = [pair for pair in pairs if pair[0] != "sig_sha256"]
        uri = signature.base_string_uri(f"http://{self.headers['Host']}{path}")
        base = signature.signature_base_string(self.command, uri, signature.normalize_parameters(others))
        key = base64.b64encode(hmac.new(self.PASSWORD.encode(), self.SECRET.encode(), hashlib.sha256).digest())
        return given == [base64.b64encode(hmac.new(key, base.encode(), hashlib.sha256).digest()).decode()]


def oauth(_):
    server = http.server.ThreadingHTTPServer((HOST, 0), Oauth)
    run(server, server.server_port)


SERVERS = {"supysonic": supysonic, "moto": moto, "oauth": oauth, "azurite": azurite, "mediawiki": mediawiki}

if __name__ == "__main__":
    SERVERS[sys.argv[1]](*(pathlib.Path(place).resolve() for place in sys.argv[2:]))
