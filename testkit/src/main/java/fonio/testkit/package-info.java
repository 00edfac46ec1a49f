/** What tests of several modules share. */
package fonio.testkit;
