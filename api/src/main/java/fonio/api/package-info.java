/** What users write against: apps, futures, configuration, resources and errors. */
package fonio.api;
