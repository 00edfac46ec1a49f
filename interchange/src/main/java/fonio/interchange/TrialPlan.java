package fonio.interchange;

import fonio.wire.FunctionDefinition;

/**
 * What each manager of a trial is asked to do.
 *
 * @param function one that does nothing, without arguments
 * @param pings how many tasks are sent one by one, for the time of a round trip
 * @param tasks how many tasks are sent as fast as they are taken
 */
public record TrialPlan(FunctionDefinition function, int pings, int tasks) {}
