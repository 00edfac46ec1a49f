package inference;

/** A SMILES line that CDK cannot read. */
final class UnreadableMolecule extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableMolecule(String smiles, Throwable cause) {
    super("cannot read the SMILES '" + smiles + "': " + cause.getMessage(), cause);
  }
}
