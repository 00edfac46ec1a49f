/** What tests of several modules share: a clock that is stepped, recorded effects, lossy links. */
package fonio.testkit;
