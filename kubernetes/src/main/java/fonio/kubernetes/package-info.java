/** Blocks that are pods of a Kubernetes cluster. */
package fonio.kubernetes;
