/**
 * How frames travel: shared-memory rings, Unix sockets, payload segments and the wait strategy.
 *
 * <p>A {@link fonio.transport.Link} moves bytes between a process and its peer, by {@link
 * fonio.transport.SocketLink} or {@link fonio.transport.RingLink}; a {@link
 * fonio.transport.LinkSet} is where a loop sleeps until one of its links has something; a {@link
 * fonio.transport.Greeter} opens a link from the side that connects, a {@link
 * fonio.transport.Listener} from the other. Large payloads lie in {@link fonio.transport.Segments}.
 */
package fonio.transport;
