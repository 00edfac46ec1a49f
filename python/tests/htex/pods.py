"""A cluster of Kubernetes for tests: its API server is this process, its node this machine."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

MOUNT = "/var/run/fonio"


class Pods:
    """The API server with its objects; `refusal` is what it says to whoever makes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.objects: dict[str, dict[str, Any]] = {}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.requests: list[str] = []
        self.refusal: str | None = None
        self.has_room = True
        self.lock = threading.RLock()
        handler = type("Handler", (_Handler,), {"pods": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def kubeconfig(self) -> Path:
        """A file that says where it is."""
        file = self.folder / "kubeconfig"
        host, port = self.server.server_address[:2]
        cluster = {"name": "c", "cluster": {"server": f"http://{host!s}:{port}"}}
        user = {"name": "u", "user": {"token": "t"}}
        context = {"name": "x", "context": {"cluster": "c", "user": "u"}}
        parts = {"clusters": [cluster], "users": [user], "contexts": [context]}
        file.write_text(json.dumps({"kind": "Config", "current-context": "x", **parts}))
        return file

    def names(self, kind: str) -> list[str]:
        """The names of the objects of a kind."""
        with self.lock:
            return [path.rsplit("/", 1)[1] for path in self.objects if f"/{kind}/" in path]

    def log(self, pod: str) -> bytes:
        """What the pod has said."""
        return (self.folder / f"{pod}.log").read_bytes()

    def started(self, path: str, pod: dict[str, Any]) -> None:
        """Runs a pod as a process; where its secret is mounted, its command finds a folder."""
        name = pod["metadata"]["name"]
        if not self.has_room:
            why = {"reason": "Unschedulable", "message": "0/3 nodes are available"}
            condition = {"type": "PodScheduled", "status": "False", **why}
            pod["status"] = {"phase": "Pending", "conditions": [condition]}
            return
        place = self.folder / name
        place.mkdir()
        secret = pod["spec"]["volumes"][0]["secret"]["secretName"]
        kept = path.replace("/pods/", "/secrets/").rsplit("/", 1)[0] + "/" + secret
        for file, text in self.objects[kept]["data"].items():
            (place / file).write_bytes(base64.b64decode(text))
        words = pod["spec"]["containers"][0]["command"]
        with open(self.folder / f"{name}.log", "wb") as log:
            self.processes[path] = subprocess.Popen(
                [word.replace(MOUNT, str(place)) for word in words],
                cwd=place,
                stdout=log,
                stderr=log,
            )

    def look(self, path: str) -> None:
        """Gives a pod the status of its process."""
        process = self.processes.get(path)
        if process is None:
            return
        code = process.poll()
        if code is None:
            self.objects[path]["status"] = {"phase": "Running"}
            return
        end = {"name": "manager", "state": {"terminated": {"exitCode": code}}}
        phase = "Failed" if code else "Succeeded"
        self.objects[path]["status"] = {"phase": phase, "containerStatuses": [end]}

    def close(self) -> None:
        """Ends it and all of its pods."""
        self.server.shutdown()
        self.server.server_close()
        for process in self.processes.values():
            process.kill()
            process.wait()


class _Handler(BaseHTTPRequestHandler):
    pods: Pods
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        with self.pods.lock:
            self.pods.requests.append(f"GET {url.path}")
            if url.path.endswith("/log"):
                self._say(200, self.pods.log(url.path.split("/")[-2]))
                return
            chosen = parse_qs(url.query).get("labelSelector", [""])[0]
            labels = dict([pair.split("=") for pair in chosen.split(",")])
            found = []
            for path, thing in self.pods.objects.items():
                if (
                    path.startswith(url.path)
                    and labels.items() <= thing["metadata"]["labels"].items()
                ):
                    self.pods.look(path)
                    found.append(thing)
            self._answer(200, {"kind": "PodList", "apiVersion": "v1", "items": found})

    def do_POST(self) -> None:
        thing = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.pods.lock:
            self.pods.requests.append(f"POST {self.path}")
            if self.pods.refusal is not None:
                self._answer(403, {"kind": "Status", "code": 403, "message": self.pods.refusal})
                return
            path = urlsplit(self.path).path + "/" + thing["metadata"]["name"]
            self.pods.objects[path] = thing
            if thing["kind"] == "Pod":
                self.pods.started(path, thing)
            self._answer(201, thing)

    def do_DELETE(self) -> None:
        path = urlsplit(self.path).path
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.pods.lock:
            self.pods.requests.append(f"DELETE {path}")
            if path in self.pods.processes:
                self.pods.processes[path].terminate()
            there = self.pods.objects.pop(path, None) is not None
            self._answer(200 if there else 404, {"kind": "Status", "code": 200 if there else 404})

    def _answer(self, code: int, thing: dict[str, Any]) -> None:
        self._say(code, json.dumps(thing).encode())

    def _say(self, code: int, text: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""
