package fonio.kubernetes;

import fonio.providers.BlockOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The names of what is made for one block: short enough for labels and host names.
 *
 * @param executor whose block it is, as a label
 * @param secret what its pods read
 * @param job the block, as a label
 * @param nodes how many pods there are
 */
record PodNames(String run, String executor, String secret, String job, int nodes) {
  /** The label of all that is made by Fonio, of whatever run. */
  static final Map<String, String> OURS = Map.of("app.kubernetes.io/managed-by", "fonio");

  /** The label of all that is made for a run. */
  static final String RUN = "fonio-run";

  /** The label of what is made for an executor of the run. */
  static final String EXECUTOR = "fonio-executor";

  /** The label of the pods of a block. */
  static final String BLOCK = "fonio-block";

  private static final int LONGEST = 28;
  private static final int DIGEST_CHARS = 6;

  static PodNames of(String podName, BlockOrder block) {
    String run = block.baggage().run();
    String executor = tame(block.baggage().executor());
    String begin = podName + "-" + run + "-";
    return new PodNames(run, executor, begin + executor, begin + tame(plain(block)), block.nodes());
  }

  /** The name of a block without what all have. */
  private static String plain(BlockOrder block) {
    return block.name().replaceFirst("^fonio\\.", "").replace(".block-", "-");
  }

  /** The names of its pods. */
  List<String> pods() {
    return IntStream.range(0, nodes).mapToObj(node -> job + "-" + node).toList();
  }

  /** By which all that is made for its executor is found. */
  Map<String, String> owner() {
    return new TreeMap<>(Map.of(RUN, run, EXECUTOR, executor));
  }

  /** The labels of its pods. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(OURS);
    labels.putAll(owner());
    labels.put(BLOCK, job);
    return labels;
  }

  /** A name as the API takes it; one that had to change gets a digest, so that no two are alike. */
  private static String tame(String name) {
    String tamed =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+|-+$", "");
    if (tamed.equals(name) && tamed.length() <= LONGEST) {
      return tamed;
    }
    int kept = Math.min(tamed.length(), LONGEST - DIGEST_CHARS - 1);
    return digest(name) + "-" + tamed.substring(tamed.length() - kept).replaceAll("^-+", "");
  }

  private static String digest(String text) {
    try {
      byte[] bytes =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, DIGEST_CHARS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
