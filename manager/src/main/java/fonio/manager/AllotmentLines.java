package fonio.manager;

import fonio.manager.Devices.Piece;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a worker is told of the allotment of the task that it runs next: the lines of an ALLOT. */
record AllotmentLines(Capacity capacity, MpiLauncher mpiLauncher) {
  private static final List<String> VISIBLE =
      List.of("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "ZE_AFFINITY_MASK");

  /** The lines for a task whose class has these options. */
  Map<String, String> of(Allotment allotment, Map<String, String> options) {
    Map<String, String> lines = new LinkedHashMap<>();
    List<Piece> cores = allotment.cores();
    if (!cores.isEmpty() && cores.stream().allMatch(p -> p.thousandths() == Devices.WHOLE)) {
      lines.put("cores", names(cores, capacity.cores()));
      lines.put("env.OMP_NUM_THREADS", Integer.toString(cores.size()));
    }
    if (!capacity.accelerators().isEmpty()) {
      String names = names(allotment.accelerators(), capacity.accelerators());
      visible(names).forEach((name, value) -> lines.put("env." + name, value));
    }
    if (!allotment.nodes().isEmpty()) {
      List<String> hosts =
          allotment.nodes().stream().map(piece -> capacity.nodes().get(piece.device())).toList();
      new MpiPrefixes(hosts, options, mpiLauncher)
          .environment()
          .forEach((name, value) -> lines.put("env." + name, value));
    }
    return lines;
  }

  /** The environment that shows a program only some accelerators. */
  static Map<String, String> visible(String names) {
    Map<String, String> environment = new LinkedHashMap<>();
    VISIBLE.forEach(name -> environment.put(name, names));
    environment.put("ZE_ENABLE_PCI_ID_DEVICE_ORDER", "1");
    return environment;
  }

  private static String names(List<Piece> pieces, List<?> names) {
    return pieces.stream()
        .map(Piece::device)
        .sorted()
        .map(device -> names.get(device).toString())
        .collect(Collectors.joining(","));
  }
}
