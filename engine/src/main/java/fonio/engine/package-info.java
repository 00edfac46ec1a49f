/** One run put together: as a library, and as a process for clients in other languages. */
package fonio.engine;
