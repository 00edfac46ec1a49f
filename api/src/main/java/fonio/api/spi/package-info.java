/** What an engine provides to the types that users write against. */
package fonio.api.spi;
