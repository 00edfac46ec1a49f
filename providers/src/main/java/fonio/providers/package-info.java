/** Where blocks come from: batch systems, hosts by ssh, this machine; and launchers. */
package fonio.providers;
