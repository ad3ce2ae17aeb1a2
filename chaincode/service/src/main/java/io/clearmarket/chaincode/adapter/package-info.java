/**
 * The rules on Fabric: parses what clients send, loads what the rules ask for, stores what they decide, and says it in one
 * event. {@link io.clearmarket.chaincode.adapter.ChaincodeMain} starts it as a service.
 */
@NullMarked
package io.clearmarket.chaincode.adapter;

import org.jspecify.annotations.NullMarked;
