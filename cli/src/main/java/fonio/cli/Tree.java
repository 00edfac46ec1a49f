package fonio.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries whose keys are paths, such as {@code executors.0.label}, as objects within objects. */
final class Tree {
  private final Map<String, Object> root = new LinkedHashMap<>();

  /** Puts a value where its path says; whole numbers and truth values become such. */
  Tree put(String path, String value) {
    put(root, path, value);
    return this;
  }

  /** Puts a text that looks like a number and is none. */
  Tree text(String key, String value) {
    root.put(key, value);
    return this;
  }

  @SuppressWarnings("unchecked")
  private static void put(Map<String, Object> into, String path, String value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      into.put(path, typed(value));
      return;
    }
    Object inner = into.computeIfAbsent(path.substring(0, dot), key -> new LinkedHashMap<>());
    if (inner instanceof Map<?, ?> map) {
      put((Map<String, Object>) map, path.substring(dot + 1), value);
    }
  }

  private static Object typed(String value) {
    if (value.matches("-?\\d{1,18}")) {
      return Long.parseLong(value);
    }
    return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
  }

  /** The objects; what has the keys 0, 1, ... is a list. */
  Object value() {
    return listed(root);
  }

  private static Object listed(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    Map<String, Object> inner = new LinkedHashMap<>();
    map.forEach((key, one) -> inner.put(String.valueOf(key), listed(one)));
    List<Object> list = new ArrayList<>(inner.values());
    for (int i = 0; i < list.size(); i++) {
      if (!inner.containsKey(Integer.toString(i))) {
        return inner;
      }
    }
    return list.isEmpty() ? inner : list;
  }
}
