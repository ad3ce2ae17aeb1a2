/** The Fabric Gateway service: evaluate, endorse by policy, submit, commit status, chaincode events. */
@NullMarked
package io.clearmarket.network.embedded.peer.gateway;

import org.jspecify.annotations.NullMarked;
