/**
 * What a client and the chaincode have in common: commands, records, refusals, domain events and the bytes that parties
 * sign. Pure data with its own checks; no Fabric type, no clock, no randomness.
 */
@NullMarked
package io.clearmarket.chaincode.api;

import org.jspecify.annotations.NullMarked;
