/** A network of its own for a test: chaincode in the same process, clients at hand. Needs JUnit 5, the shim and fabric-gateway. */
@NullMarked
package io.clearmarket.network.junit;

import org.jspecify.annotations.NullMarked;
