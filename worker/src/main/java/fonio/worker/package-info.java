/** The Java worker process: takes a frame of tasks, runs them and sends the results back. */
package fonio.worker;
