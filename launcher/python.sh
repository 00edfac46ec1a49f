# Finds a Python of version 3.10 to 3.13 with venv and sets `python` and `python_version` (3.12).
#
# Order: FONIO_PYTHON, the active virtual environment, `python3` on PATH, then python3.13 to python3.10.

_python_facts='import sys; print(sys.version_info[0] * 100 + sys.version_info[1], "%d.%d" % sys.version_info[:2], sys.executable)'

_python_ok() {
  local facts
  facts=$("$1" -S -E -c "$_python_facts" 2>/dev/null) || return 1
  read -r _python_number python_version python <<<"$facts"
  [ "$_python_number" -ge 310 ] && [ "$_python_number" -le 313 ]
}

find_python() {
  local name
  if [ -n "${FONIO_PYTHON:-}" ]; then
    _python_ok "$FONIO_PYTHON" && return
    fail 3 "FONIO_PYTHON=$FONIO_PYTHON is not a Python of version 3.10 to 3.13: set it to one, or unset it"
  fi
  for name in ${VIRTUAL_ENV:+"$VIRTUAL_ENV/bin/python"} python3 /usr/bin/python3 python3.13 python3.12 python3.11 python3.10; do
    _python_ok "$name" && return
  done
  fail 3 "no Python of version 3.10 to 3.13 was found: install one (Debian, Ubuntu: apt install python3 python3-venv; a cluster: module load python)" \
    "or set FONIO_PYTHON=/path/to/python"
}

need_venv() {
  "$python" -c 'import venv, ensurepip' 2>/dev/null ||
    fail 3 "$python (Python $python_version) cannot make virtual environments: install its venv module (Debian, Ubuntu: apt install python$python_version-venv)" \
      "or set FONIO_PYTHON to another Python"
}
