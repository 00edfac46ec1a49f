/** The records and codecs of every process boundary; {@code docs/protocol.md} is their text. */
package fonio.wire;
