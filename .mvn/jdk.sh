# Finds a JDK >= 25 and exports JAVA_HOME; sourced by mvnw and ./fonio.
#
# A folder counts when it has bin/javac and a `release` file whose JAVA_VERSION is at least 25: no JVM is started.
# Order: FONIO_JDK, JAVA_HOME, the variables of common CI systems, `java` on PATH, the usual folders.
# FONIO_JDK_FOLDERS (separated by spaces) replaces the usual folders.

fonio_jdk_ok() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  fonio_jdk_major=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release")
  [ "${fonio_jdk_major:-0}" -ge 25 ]
}

fonio_find_jdk() {
  if [ -n "${FONIO_JDK:-}" ]; then
    fonio_jdk_ok "$FONIO_JDK" && { JAVA_HOME=$FONIO_JDK; return 0; }
    echo "FONIO_JDK=$FONIO_JDK is not a JDK of version 25 or later (it needs bin/javac and a release file)." >&2
    return 1
  fi
  for fonio_jdk in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" "${JDK_25:-}"; do
    [ -n "$fonio_jdk" ] && fonio_jdk_ok "$fonio_jdk" && { JAVA_HOME=$fonio_jdk; return 0; }
  done
  fonio_javac=$(command -v javac 2>/dev/null) && fonio_javac=$(readlink -f "$fonio_javac" 2>/dev/null) &&
    fonio_jdk_ok "${fonio_javac%/bin/javac}" && { JAVA_HOME=${fonio_javac%/bin/javac}; return 0; }
  for fonio_jdk in ${FONIO_JDK_FOLDERS-/usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* /opt/*/*jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home}; do
    fonio_jdk_ok "$fonio_jdk" && { JAVA_HOME=$fonio_jdk; return 0; }
  done
  echo "No JDK of version 25 or later was found: install one (Debian, Ubuntu: apt install openjdk-25-jdk; a cluster: module load java/25)" \
    "or set FONIO_JDK=/path/to/jdk." >&2
  return 1
}

fonio_find_jdk || exit 3
export JAVA_HOME
