/** The kernel's side of each executor. */
package fonio.executors;
