package inference;

import java.util.BitSet;
import org.openscience.cdk.exception.CDKException;
import org.openscience.cdk.fingerprint.CircularFingerprinter;
import org.openscience.cdk.silent.SilentChemObjectBuilder;
import org.openscience.cdk.smiles.SmilesParser;

/**
 * The ECFP4 fingerprint of a molecule, 2,048 bits. Its bits are CDK's own: RDKit's differ, so a
 * model trained on the ones knows nothing of the others.
 */
final class Fingerprint {
  static final int BITS = 2048;

  private Fingerprint() {}

  /** The bits of a SMILES line; a line that CDK cannot read is an {@link UnreadableMolecule}. */
  static BitSet of(String smiles) {
    var parser = new SmilesParser(SilentChemObjectBuilder.getInstance());
    var printer = new CircularFingerprinter(CircularFingerprinter.CLASS_ECFP4, BITS);
    try {
      return printer.getBitFingerprint(parser.parseSmiles(smiles)).asBitSet();
    } catch (CDKException problem) {
      throw new UnreadableMolecule(smiles, problem);
    }
  }
}
