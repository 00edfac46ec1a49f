package fonio.manager;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a task finds in its environment to start an MPI program on its nodes, by the names that
 * Parsl uses.
 *
 * @param hosts the nodes of the task
 * @param options the options of its class
 * @param launcher whose prefix is PARSL_MPI_PREFIX
 */
record MpiPrefixes(List<String> hosts, Map<String, String> options, MpiLauncher launcher) {
  Map<String, String> environment() {
    String nodes = Integer.toString(hosts.size());
    String perNode = options.getOrDefault("ranks_per_node", "1");
    String ranks = options.getOrDefault("ranks", "" + hosts.size() * Long.parseLong(perNode));
    String list = String.join(",", hosts);
    String mpiexec = mpiexec(ranks, perNode);
    String srun =
        "srun --ntasks %s --ntasks-per-node %s --nodelist %s --nodes %s"
            .formatted(ranks, perNode, list, nodes);
    String aprun = "aprun -n %s -N %s -node-list %s".formatted(ranks, perNode, list);
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("PARSL_MPIEXEC_PREFIX", with(mpiexec));
    environment.put("PARSL_SRUN_PREFIX", with(srun));
    environment.put("PARSL_APRUN_PREFIX", with(aprun));
    environment.put(
        "PARSL_MPI_PREFIX",
        with(
            switch (launcher.name()) {
              case "srun" -> srun;
              case "aprun" -> aprun;
              default -> mpiexec;
            }));
    environment.put("PARSL_NUM_NODES", nodes);
    environment.put("PARSL_NUM_RANKS", ranks);
    environment.put("PARSL_RANKS_PER_NODE", perNode);
    environment.put("PARSL_MPI_NODELIST", list);
    return environment;
  }

  private String mpiexec(String ranks, String perNode) {
    if (launcher.isOpenMpi()) {
      String slots = ":" + perNode;
      return "mpiexec -n %s --map-by ppr:%s:node --host %s"
          .formatted(ranks, perNode, String.join(slots + ",", hosts) + slots);
    }
    return "mpiexec -n %s -ppn %s -hosts %s".formatted(ranks, perNode, String.join(",", hosts));
  }

  private String with(String prefix) {
    String words = options.getOrDefault("launcher_options", "");
    return words.isEmpty() ? prefix : prefix + " " + words;
  }
}
