/** How frames travel: shared-memory rings, Unix sockets, payload segments and the wait strategy. */
package fonio.transport;
