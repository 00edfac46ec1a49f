/** The blocks of an executor: how many there are, when more are asked for, when they go. */
package fonio.blocks;
