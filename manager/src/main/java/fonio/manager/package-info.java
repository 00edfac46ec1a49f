/** The pool of one node with a link to an interchange. */
package fonio.manager;
