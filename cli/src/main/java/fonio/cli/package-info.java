/** The {@code fonio} command: reads words and calls the other modules. */
package fonio.cli;
