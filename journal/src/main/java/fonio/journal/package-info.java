/** An append-only log on disk of what a durable run has accepted and ended. */
package fonio.journal;
