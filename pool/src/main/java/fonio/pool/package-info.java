/** The worker processes of one node: started, fed by credit, watched and replaced. */
package fonio.pool;
