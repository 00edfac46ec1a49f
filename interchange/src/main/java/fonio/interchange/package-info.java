/** The middle of the high-throughput executor's star. */
package fonio.interchange;
