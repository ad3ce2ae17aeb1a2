package io.clearmarket.network.junit;

import io.clearmarket.network.embedded.NetworkConfig;
import io.clearmarket.network.junit.EmbeddedFabric.Reuse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link EmbeddedFabric} does. The network lives in the store of the test, the class or the run, which closes it when
 * that has ended.
 */
final class EmbeddedFabricExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedFabricExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        // for each test: nothing yet; else before the first test, so that its time is its own
        if (annotation(context).reuse() != Reuse.TEST) {
            fixture(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        fixture(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return InjectedParameter.supports(parameter);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return InjectedParameter.resolve(parameter, fixture(context));
    }

    /** An annotation equals another with the same values, which is what makes two classes share a network. */
    private static NetworkFixture fixture(ExtensionContext context) {
        EmbeddedFabric wanted = annotation(context);
        ExtensionContext owner = wanted.reuse() == Reuse.SUITE ? context.getRoot() : context;
        return owner.getStore(NAMESPACE).computeIfAbsent(wanted, key -> start(wanted), NetworkFixture.class);
    }

    private static NetworkFixture start(EmbeddedFabric wanted) {
        List<NetworkFixture.Deployment> deployments = Arrays.stream(wanted.chaincode())
                .map(deploy -> new NetworkFixture.Deployment(
                        deploy.name(), deploy.policy(), List.of(), ChaincodeClass.of(deploy.type())))
                .toList();
        return NetworkFixture.start(builder -> configured(wanted, builder), deployments);
    }

    private static NetworkConfig.Builder configured(EmbeddedFabric wanted, NetworkConfig.Builder builder) {
        for (String mspId : wanted.organizations()) {
            builder.organization(mspId, 0);
        }
        return builder.channel(wanted.channel())
                .batch(NetworkConfig.Batch.QUICK.withTimeout(Duration.ofMillis(wanted.batchTimeoutMillis())));
    }

    private static EmbeddedFabric annotation(ExtensionContext context) {
        Optional<ExtensionContext> at = Optional.of(context);
        while (at.isPresent()) {
            Optional<EmbeddedFabric> found =
                    AnnotationSupport.findAnnotation(at.get().getTestClass(), EmbeddedFabric.class);
            if (found.isPresent()) {
                return found.get();
            }
            at = at.get().getParent();
        }
        throw new ExtensionConfigurationException("EmbeddedFabricExtension is meant to be used as @EmbeddedFabric");
    }
}
