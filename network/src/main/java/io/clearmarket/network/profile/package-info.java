/** Looks at a Fabric network that others run: is it what this project's gateway and chaincode need? */
@NullMarked
package io.clearmarket.network.profile;

import org.jspecify.annotations.NullMarked;
