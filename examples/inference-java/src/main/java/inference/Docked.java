package inference;

/** A molecule with its docking score in kcal/mol: what the forest learns from. */
record Docked(String smiles, double score) {}
