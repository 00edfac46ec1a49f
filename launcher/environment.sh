# Private Python environments, each made once: `environment FOLDER REQUIREMENTS [MORE]` sets `environment`.
#
# An environment is named by the digest of its requirements and of its Python. It is made under a temporary name and
# renamed when it is whole, so a name without a temporary's mark is always a whole environment. A file that is named
# *.lock, or that says --no-deps in its first lines, is taken as complete and nothing beyond it is installed.

_remove_dead_halves() {
  local half pid
  for half in "$1"/.new-*; do
    [ -d "$half" ] || continue
    pid=${half##*.new-}
    kill -0 "$pid" 2>/dev/null || rm -rf "$half"
  done
}

_pip_options() {
  case $1 in *.lock) echo --no-deps && return ;; esac
  ! head -n 5 "$1" | grep -q -- --no-deps || echo --no-deps
}

_no_half() {
  trap '' INT TERM
  [ -z "${_half:-}" ] || rm -rf "$_half"
  [ -z "${1:-}" ] || exit "$1"
}

environment() {
  local folder=$1 digest file log source
  shift
  digest=$({ cat "$@" && echo "$python $python_version"; } | sha256sum | cut -c1-12)
  environment=$folder/$digest
  [ ! -d "$environment" ] || return 0
  need_venv
  mkdir -p "$folder" 2>/dev/null || fail 3 "cannot make the folder $folder for a Python environment: make it writable, or set FONIO_ENVS to a folder that you may write"
  folder=$(cd "$folder" && pwd)
  environment=$folder/$digest
  need_space "$folder" "a Python environment" "set FONIO_ENVS to a folder on another disk"
  _remove_dead_halves "$folder"
  _half=$folder/.new-$$
  log=$folder/$digest.log
  trap '_no_half 130' INT
  trap '_no_half 143' TERM
  trap '_no_half' EXIT
  say "making a Python environment from $1 (first use; log: $log)..."
  rm -rf "$_half"
  "$python" -m venv "$_half" >"$log" 2>&1 || fail 3 "the environment could not be made, see $log: $(tail -n 1 "$log")"
  for file; do
    # shellcheck disable=SC2046
    PIP_RETRIES=${PIP_RETRIES:-2} "$_half/bin/python" -m pip --disable-pip-version-check install --no-input $(_pip_options "$file") -r "$file" >>"$log" 2>&1 ||
      fail 3 "the packages of $file could not be installed, see $log: $(_why_pip "$log")"
  done
  source=$("$_half/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  echo "$root/python/src" >"$source/fonio-source.pth"
  grep -rlIF "$_half" "$_half/bin" "$_half/pyvenv.cfg" | while IFS= read -r file; do
    [ -L "$file" ] || sed -i "s|$_half|$environment|g" "$file"
  done
  mv -T "$_half" "$environment" 2>/dev/null || [ -d "$environment" ] || fail 3 "cannot rename $_half to $environment"
  _no_half
  _half=
  trap - TERM EXIT
  trap 'exit 130' INT
}

_why_pip() {
  if grep -qiE 'NewConnectionError|Name or service not known|Temporary failure in name|ConnectTimeout|ProxyError|SSLError|Max retries|from versions: none' "$1"; then
    echo "the package index was not reached, or does not have them; check the network, or set https_proxy (a proxy), PIP_INDEX_URL (a mirror) or PIP_CERT (a proxy's certificate)"
  elif grep -qi 'No space left' "$1"; then
    echo "the disk is full; free some space, or set FONIO_ENVS to a folder on another disk"
  else
    grep -i '^error' "$1" | tail -n 1 | grep . || tail -n 1 "$1"
  fi
}
