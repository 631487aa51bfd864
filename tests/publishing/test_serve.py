"""What the app server answers, refuses and ends, asked without a browser."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.iostream import StreamClosedError
from tornado.websocket import WebSocketClosedError, websocket_connect

from serving import PAGES, free_port, kernels, serving
from workbench.errors import UsageError
from workbench.publishing.serve import lay_out, serve
from workbench.publishing.serve_app import BODY_BYTES, MESSAGE_BYTES
from workbench.publishing.serve_kernels import LeanPython, OwnPython, people_at_once

KERNEL = re.compile(r'"kernelId": "([\w-]+)"')


def ask(address: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Return status, headers and text of an answer, whatever it is."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers), refused.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def address():
    with serving("", folder=PAGES, lonely_seconds=4) as served:
        yield served


def test_every_answer_forbids_foreign_scripts_frames_and_referrers(address):
    _, _, page = ask(f"{address}/start")
    script = re.search(r'src="(/static/\w+/page/page\.js)"', page)
    assert script
    for path in ("/start", "/nowhere", script.group(1), "/alive/00000000-0000-0000-0000-000000000000"):
        _, headers, _ = ask(address + path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe-eval" not in policy, path
        assert "http" not in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path


def test_no_cookie_follows_a_visitor(address):
    _, headers, _ = ask(f"{address}/start")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/start.ipynb",
        "/counter.py",
        "/voila/render/start.ipynb",
        "/voila/files/start.ipynb",
        "/voila/tree",
        "/voila/api/contents",
        "/api/contents",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/files/counter.py",
        "/static/0/page/page.js",
        "/..%2f..%2fpyproject",
        "/api/contents/counter.py",
        "/api/kernels/00000000-0000-0000-0000-000000000000/restart",
        "/api/terminals",
        "/api/status",
        "/api/config/notebook",
        "/terminals/websocket/1",
        "/lab",
        "/lab/tree/start.ipynb",
        "/tree",
        "/edit/counter.py",
        "/notebooks/start.ipynb",
        "/nbconvert/html/start.ipynb",
        "/voila/static/voila.js",
        "/metrics",
        "/login",
        "/counter",
    ],
)
def test_nothing_but_the_pages_can_be_reached(address, path):
    status, _, text = ask(address + path)
    assert status == 404
    assert "There is no such page" in text


def test_the_files_of_the_template_lead_nowhere_else(address):
    _, _, page = ask(f"{address}/start")
    mark = re.search(r"/static/\w+/page/", page)
    assert mark
    status, _, text = ask(f"{address}{mark.group()}..%2f..%2fserve.py")
    assert status in (403, 404)
    assert "def serve" not in text


def test_files_with_a_version_in_their_address_are_kept_by_browsers(address):
    _, page_headers, page = ask(f"{address}/start")
    assert "no-store" in page_headers["Cache-Control"]
    script = re.search(r'src="(/static/\w+/voila/voila\.js)"', page)
    assert script
    status, headers, _ = ask(address + script.group(1), **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert "max-age=31536000" in headers["Cache-Control"]
    assert headers["Content-Encoding"] == "gzip"


def test_packed_files_are_the_files_and_are_not_sent_again(address):
    _, _, page = ask(f"{address}/start")
    found = re.search(r'src="(/static/\w+/voila/voila\.js)"', page)
    assert found
    script = address + found.group(1)
    _, plain, text = ask(script)
    assert "Content-Encoding" not in plain
    with urllib.request.urlopen(urllib.request.Request(script, headers={"Accept-Encoding": "gzip"})) as answer:
        packed = answer.read()
        assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(packed).decode("utf-8", "replace") == text
    assert len(packed) < 0.5 * len(text)
    assert ask(script, **{"Accept-Encoding": "gzip", "If-None-Match": plain["Etag"]})[0] == 304
    assert ask(script.replace("voila.js", "missing.js"), **{"Accept-Encoding": "gzip"})[0] in (403, 404)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "There is no such page"),
        ("es", "Esta página no existe"),
        ("fr", "Cette page n’existe pas"),
        ("it", "Questa pagina non esiste"),
    ],
)
def test_an_error_page_speaks_the_language_of_the_address_and_keeps_it_on_the_way_back(address, language, title):
    _, _, text = ask(f"{address}/nowhere?language={language}&project=mine")
    assert f'<html lang="{language}">' in text
    assert f"<h1>{title}</h1>" in text
    assert f'href="/?language={language}&amp;project=mine"' in text


def test_who_comes_when_all_places_are_taken_is_told_kindly_and_comes_in_when_one_is_free():
    with serving("", folder=PAGES, people=1, lonely_seconds=60) as small:
        _, _, page = ask(f"{small}/start")
        kernel = KERNEL.search(page)
        assert kernel
        status, headers, text = ask(f"{small}/start?language=es")
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "Ahora mismo no quedan plazas libres" in text
        assert 'href="/start?language=es"' in text
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        # The page opens its socket and is closed: its place is free at once.
        asyncio.run(_say(small, kernel.group(1), "1"))
        assert ask(f"{small}/start")[0] == 200
        assert ask(f"{small}/alive/{kernel.group(1)}")[0] == 404


def test_a_page_of_another_site_cannot_reach_a_kernel(address):
    _, _, page = ask(f"{address}/start")
    kernel = KERNEL.search(page)
    assert kernel
    socket = f"ws{address[4:]}/api/kernels/{kernel.group(1)}/channels"
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(_connect(HTTPRequest(socket, headers={"Origin": "http://elsewhere.example"})))
    assert refused.value.code == 403
    end = urllib.request.Request(f"{address}/api/kernels/{kernel.group(1)}", method="DELETE")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(end)
    assert refused.value.code == 403
    refused.value.close()


def test_what_goes_over_the_socket_is_packed(address):
    _, _, page = ask(f"{address}/start")
    kernel = KERNEL.search(page)
    assert kernel
    assert "permessage-deflate" in asyncio.run(_agreed(f"ws{address[4:]}/api/kernels/{kernel.group(1)}/channels"))


async def _agreed(address: str) -> str:
    """Return the extensions of the protocol that the server agrees to."""
    socket = await websocket_connect(address, compression_options={})
    agreed = socket.headers.get("Sec-WebSocket-Extensions", "")
    socket.close()
    return agreed


async def _connect(request: HTTPRequest) -> None:
    (await websocket_connect(request)).close()


def test_a_message_or_body_over_the_limit_is_refused_and_the_server_goes_on(address):
    _, _, page = ask(f"{address}/start")
    kernel = KERNEL.search(page)
    assert kernel
    assert asyncio.run(_too_much(f"ws{address[4:]}/api/kernels/{kernel.group(1)}/channels")) is None
    flood = urllib.request.Request(f"{address}/start", data=b"x" * 2 * BODY_BYTES, method="POST")
    with pytest.raises((urllib.error.HTTPError, urllib.error.URLError, ConnectionError)) as refused:
        urllib.request.urlopen(flood, timeout=60)
    if isinstance(refused.value, urllib.error.HTTPError):
        assert refused.value.code in (400, 413)
        refused.value.close()
    assert ask(f"{address}/nowhere")[0] == 404


async def _too_much(address: str) -> object:
    """Send more than a message may hold; return what comes back, None when the server hangs up."""
    socket = await websocket_connect(address)
    with contextlib.suppress(WebSocketClosedError, StreamClosedError):
        await socket.write_message(b"\0" * (MESSAGE_BYTES + 1), binary=True)
    answer: object = ""
    while answer is not None:
        answer = await asyncio.wait_for(socket.read_message(), 60)
    return answer


def test_a_machine_takes_as_many_people_as_its_memory_bears(monkeypatch):
    pages = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 8 * 1024**3 // 4096}
    monkeypatch.setattr(os, "sysconf", pages.__getitem__, raising=False)
    assert people_at_once() == 44
    pages["SC_PHYS_PAGES"] = 1024
    assert people_at_once() == 5
    monkeypatch.delattr(os, "sysconf")
    assert people_at_once() == 40


def test_a_name_that_is_not_this_machines_is_refused(address):
    status, _, _ = ask(f"{address}/start", Host="rebound.example")
    assert status == 403


def test_a_page_cannot_make_its_kernel_run_other_code(address, tmp_path):
    _, _, page = ask(f"{address}/start")
    kernel = KERNEL.search(page)
    assert kernel
    proof = tmp_path / "ran"
    replies = asyncio.run(_say(address, kernel.group(1), f"open({str(proof)!r}, 'w').close()"))
    assert "comm_info_reply" in replies
    assert "execute_reply" not in replies
    assert not proof.exists()


async def _say(address: str, kernel: str, code: str) -> list[str]:
    """Send code, then an allowed question; return the kinds of answers until the question's."""
    socket = await websocket_connect(f"ws{address[4:]}/api/kernels/{kernel}/channels")

    def message(kind: str, content: dict) -> str:
        header = {"msg_id": kind, "msg_type": kind, "username": "", "session": "s", "date": "", "version": "5.3"}
        return json.dumps(
            {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        )

    await socket.write_message(message("execute_request", {"code": code, "silent": False}))
    await socket.write_message(message("comm_info_request", {}))
    kinds: list[str] = []
    while "comm_info_reply" not in kinds:
        answer = await asyncio.wait_for(socket.read_message(), 30)
        assert isinstance(answer, str)
        kinds.append(json.loads(answer)["header"]["msg_type"])
    socket.close()
    return kinds


def test_the_kernel_of_a_closed_page_ends(address):
    _, _, page = ask(f"{address}/start")
    kernel = KERNEL.search(page)
    assert kernel
    alive = f"{address}/alive/{kernel.group(1)}"
    assert ask(alive)[0] == 204
    for _ in range(60):
        if ask(alive)[0] == 404:
            return
        time.sleep(0.5)
    pytest.fail("the kernel still runs")


def test_a_preheated_kernel_is_handed_out_whatever_the_query():
    before = set(kernels())
    with serving("", folder=PAGES, preheat=True) as preheated:
        for _ in range(120):
            # Other servers may run on this machine.
            ready = {kernel for kernel in set(kernels()) - before if ask(f"{preheated}/alive/{kernel}")[0] == 204}
            if len(ready) == len(list(PAGES.glob("*.ipynb"))):
                break
            time.sleep(0.5)
        _, _, page = ask(f"{preheated}/start?language=es&territory=naga")
        kernel = KERNEL.search(page)
        assert kernel
        assert kernel.group(1) in ready


def test_a_taken_port_is_passed_over(address):
    taken = int(address.rpartition(":")[2])
    with serving("", folder=PAGES, port=taken) as second:
        assert int(second.rpartition(":")[2]) > taken
        assert ask(f"{second}/nowhere")[0] == 404


def test_kernels_run_on_this_python_even_where_another_is_registered(tmp_path, monkeypatch):
    other = tmp_path / "kernels" / "python3"
    other.mkdir(parents=True)
    (other / "kernel.json").write_text(json.dumps({"argv": ["/nowhere/python"], "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    for kind in (OwnPython, LeanPython):
        assert kind().get_kernel_spec("python3").argv[0] == sys.executable
        assert list(kind().get_all_specs()) == ["python3"]


def test_an_unknown_language_or_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(UsageError) as refused:
        serve(language="xx", port=free_port())
    assert "en, es, fr, it" in refused.value.todo()
    with pytest.raises(UsageError) as refused:
        serve(folder=tmp_path, port=free_port())
    assert refused.value.where == str(tmp_path)


def test_a_notebook_changed_by_the_user_stays_when_the_lab_opens_again(tmp_path):
    notebooks = lay_out(tmp_path / "analysis")
    if not notebooks:
        pytest.skip("no analysis notebooks in this build")
    assert (tmp_path / "analysis" / "training" / "01_running_a_workshop.ipynb").is_file()
    changed: Path = notebooks[0]
    changed.write_text("mine")
    assert lay_out(tmp_path / "analysis") == notebooks
    assert changed.read_text() == "mine"
