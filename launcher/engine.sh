# The engine, and modules with a jar of their own, built when they are not there or older than their sources; the engine's
# AOT cache.
#
# Two launchers that start together build once: the second waits for the first's lock, which a build holds to its end even
# if its launcher is killed. A build that was cut short leaves its mark and is made again. The cache belongs to one jar and
# one Java; its making is noted beside the jar, so that a later start only compares.

engine_jar=$root/engine/target/fonio-engine.jar
cli_jar=$root/cli/target/fonio-cli.jar
_engine_modules="api kernel wire transport pool worker interchange manager executors memo providers blocks engine cli"

# `_is_built NAME MODULES JAR...`: whether the jars are there, whole, and newer than the modules' sources.
_is_built() {
  local name=$1 modules=$2 module jar roots=()
  shift 2
  [ ! -e "$root/target/$name.unfinished" ] || return 1
  for jar; do
    [ -f "$jar" ] || return 1
  done
  for module in $modules; do
    roots+=("$root/$module/pom.xml" "$root/$module/src/main")
  done
  [ -z "$(find "$root/pom.xml" "${roots[@]}" -type f -newer "$1" -print -quit 2>/dev/null)" ]
}

# `_build NAME MODULES JAR...` builds them by the Maven module that is the last of MODULES, unless they are built.
_build() {
  ! _is_built "$@" || return 0
  local name=$1 modules=$2 what="the $1" log=$root/target/build.log
  [ "$name" = engine ] || { what="the module $name" && log=$root/target/build-$name.log; }
  mkdir -p "$root/target" 2>/dev/null || fail 3 "$what is not built and $root/target cannot be made: make $root writable, or run ./mvnw -Dquick package as a user who may write there"
  need_space "$root" "building $what" "move the source tree to another disk"
  exec 9>"$root/target/build.lock"
  ! command -v flock >/dev/null || flock 9
  if ! _is_built "$@"; then
    shift 2
    say "building $what (first use; log: $log)..."
    : >"$root/target/$name.unfinished"
    (cd "$root" && ./mvnw -B -ntp -Dquick -pl "${modules##* }" -am package) >"$log" 2>&1 ||
      fail 3 "$what could not be built, see $log: $(_why_maven "$log")"
    touch "$@"
    rm -f "$root/target/$name.unfinished"
  fi
  exec 9>&-
}

need_engine() {
  _build engine "$_engine_modules" "$engine_jar" "$cli_jar"
}

# The module of pods, without the engine: that runs already when a run asks for it.
need_kubernetes() {
  _build kubernetes "api providers kubernetes" "$root/kubernetes/target/fonio-kubernetes.jar"
}

_why_maven() {
  if grep -qE "Failed to fetch|Could not transfer|UnknownHost|Connection (refused|timed out)|[Cc]onnect timed out|Temporary failure in name|PKIX path" "$1"; then
    echo "Maven Central was not reached; check the network, or behind a proxy set https_proxy (for the download of Maven itself)" \
      "and a <proxy> in ~/.m2/settings.xml (for the rest), or name a mirror there and by MVNW_REPOURL"
  elif grep -qi "No space left" "$1"; then
    echo "the disk is full; free some space, or set MAVEN_ARGS=-Dmaven.repo.local=FOLDER to a folder on another disk"
  else
    grep -m 1 -E "^\[ERROR\]" "$1" || tail -n 1 "$1"
  fi
}

# Sets `aot_cache` to the engine's AOT cache, empty if none was made for this jar and this Java.
find_aot_cache() {
  local note=$root/engine/target/aot-cache.txt home= cache=
  aot_cache=
  if [ "$note" -nt "$engine_jar" ]; then
    { read -r home && read -r cache; } <"$note" || return 0
    [ "$home" = "$JAVA_HOME" ] && [ -f "$cache" ] && aot_cache=$cache
  fi
  return 0
}

# Makes the engine's AOT cache with PYTHON (it may import fonio). A start without one is slower, never wrong.
need_aot_cache() {
  local note=$root/engine/target/aot-cache.txt home= cache=
  if [ "$note" -nt "$engine_jar" ]; then
    { read -r home && read -r cache; } <"$note"
    [ "$home" = "$JAVA_HOME" ] && { [ "$cache" = none ] || [ -f "$cache" ]; } && return
  fi
  say "making the engine's AOT cache (first use)..."
  local log=$root/target/aot-cache.log
  mkdir -p "$root/target"
  cache=$("$@" -m fonio._aot 2>"$log") || { cache=none && say "the AOT cache could not be made, see $log; the engine starts without it"; }
  printf '%s\n%s\n' "$JAVA_HOME" "${cache##*$'\n'}" >"$note" 2>/dev/null || true
}
