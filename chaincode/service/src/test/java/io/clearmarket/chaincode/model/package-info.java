/** One consignment told again in plain words, from the rules as they are written down and not from the code that runs. */
@NullMarked
package io.clearmarket.chaincode.model;

import org.jspecify.annotations.NullMarked;
