# `fonio run` of a Java source file, a main class, or a folder with a pom.xml.
#
# The folder's pom.xml names its main class in the property exec.mainClass and may depend on fonio:fonio:VERSION, which
# is the engine's jar, put into a local repository that Maven reads after the user's.

_java_flags=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED)

# What --set says is looked at before the program starts, so that a misspelled word is a usage error.
_check_settings() {
  [ -n "${FONIO_SET:-}" ] || return 0
  "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -cp "$engine_jar" fonio.engine.SettingsMain || exit $?
}

run_java() {
  need_engine
  _check_settings
  exec "$JAVA_HOME/bin/java" "${_java_flags[@]}" -cp "$engine_jar${CLASSPATH:+:$CLASSPATH}" "$@"
}

run_java_class() {
  CLASSPATH=${CLASSPATH:-.} run_java "$@"
}

_publish_engine() {
  local version folder
  version=$(sed -n 's|.*<revision>\(.*\)</revision>.*|\1|p' "$root/pom.xml")
  folder=$root/target/repository/fonio/fonio/$version
  mkdir -p "$folder"
  [ "$folder/fonio-$version.jar" -nt "$engine_jar" ] && return
  cp "$engine_jar" "$folder/fonio-$version.jar"
  cat >"$folder/fonio-$version.pom" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>fonio</groupId>
  <artifactId>fonio</artifactId>
  <version>$version</version>
</project>
END
}

run_java_folder() {
  local folder main path log
  folder=$(cd "$1" && pwd)
  shift
  main=$(sed -n 's|.*<exec.mainClass>\(.*\)</exec.mainClass>.*|\1|p' "$folder/pom.xml" | head -n 1)
  [ -n "$main" ] || fail 2 "$folder/pom.xml names no main class: add <exec.mainClass>package.Main</exec.mainClass> to its properties"
  need_engine
  _check_settings
  _publish_engine
  path=$folder/target/class-path.txt
  log=$folder/target/build.log
  if [ ! -f "$path" ] || [ -n "$(find "$folder/pom.xml" "$folder/src/main" "$engine_jar" -type f -newer "$path" -print -quit 2>/dev/null)" ]; then
    mkdir -p "$folder/target"
    say "building $folder (log: $log)..."
    (cd "$root" && ./mvnw -B -ntp -f "$folder/pom.xml" "-Dmaven.repo.local.tail=$root/target/repository" \
      -Dmaven.repo.local.tail.ignoreAvailability=true compile dependency:build-classpath "-Dmdep.outputFile=$path.new") >"$log" 2>&1 ||
      fail 3 "$folder could not be built, see $log: $(_why_maven "$log")"
    mv "$path.new" "$path"
  fi
  exec "$JAVA_HOME/bin/java" "${_java_flags[@]}" -cp "$folder/target/classes:$(cat "$path")" "$main" "$@"
}
