/**
 * One suite of statements about Fabric's behaviour, run against any network through {@link
 * io.clearmarket.network.conformance.NetworkUnderTest}. What differs on ours is a bug of ours. Needs fabric-gateway.
 */
@NullMarked
package io.clearmarket.network.conformance;

import org.jspecify.annotations.NullMarked;
