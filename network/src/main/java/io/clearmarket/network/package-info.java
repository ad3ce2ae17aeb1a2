/** Starts an embedded network from the command line, together with the process that runs its chaincode. */
@NullMarked
package io.clearmarket.network;

import org.jspecify.annotations.NullMarked;
