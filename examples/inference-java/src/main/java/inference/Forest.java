package inference;

import java.util.BitSet;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A random forest that guesses a docking score from a fingerprint; it is trained once and then only
 * read.
 */
final class Forest {
  private static final int TREES = 100;
  private static final int DEEPEST = 12;
  private static final float SHARE_OF_BITS = 0.1f;
  private static final String[] NAMES = names();
  private static final Regressor UNKNOWN = RegressionFactory.UNKNOWN_REGRESSOR;

  /** Held so that the level stays: the log manager keeps loggers by weak references. */
  private static final Logger LOG = Logger.getLogger("org.tribuo");

  private final Model<Regressor> model;

  private Forest(Model<Regressor> model) {
    this.model = model;
  }

  /**
   * Trains a forest; the same dockings in the same order and the same seed give the same forest.
   */
  static Forest train(List<Docked> dockings, long seed) {
    if (dockings.size() < 2) {
      throw new IllegalArgumentException(
          "a forest needs at least 2 docked molecules, not " + dockings.size());
    }
    LOG.setLevel(Level.WARNING);
    var factory = new RegressionFactory();
    var source = new SimpleDataSourceProvenance("docking scores", factory);
    var data = new MutableDataset<Regressor>(source, factory);
    for (var docked : dockings) {
      data.add(example(Fingerprint.of(docked.smiles()), new Regressor("score", docked.score())));
    }
    var tree =
        new CARTRegressionTrainer(
            DEEPEST, 2f, 0f, SHARE_OF_BITS, false, new MeanSquaredError(), seed);
    return new Forest(
        new RandomForestTrainer<>(tree, new AveragingCombiner(), TREES, seed).train(data));
  }

  /** The guess for one SMILES line, in kcal/mol: the task of this example. */
  double score(String smiles) {
    var bits = Fingerprint.of(smiles);
    if (bits.isEmpty()) {
      return Double.NaN;
    }
    return model.predict(example(bits, UNKNOWN)).getOutput().getValues()[0];
  }

  private static Example<Regressor> example(BitSet bits, Regressor output) {
    var names = bits.stream().mapToObj(bit -> NAMES[bit]).toArray(String[]::new);
    var ones = new double[names.length];
    java.util.Arrays.fill(ones, 1.0);
    return new ArrayExample<>(output, names, ones);
  }

  private static String[] names() {
    var names = new String[Fingerprint.BITS];
    for (int bit = 0; bit < names.length; bit++) {
      names[bit] = "bit%04d".formatted(bit);
    }
    return names;
  }
}
