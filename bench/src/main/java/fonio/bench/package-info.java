/** Measurements of the kernel, the rings and whole runs. */
package fonio.bench;
