package io.clearmarket.chaincode.domain;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The tests of the rules, as something to run with a guard missing. */
public final class RuleTests implements Callable<String> {
    private static final List<Class<?>> CLASSES = List.of(
            BoundsTest.class,
            AgreementTest.class,
            DeliveryConditionsTest.class,
            DevicesTest.class,
            MarketTest.class,
            MarksTest.class,
            MoneyTest.class,
            ProvenanceTest.class,
            RegistryTest.class,
            QuoteTest.class,
            ReturnsTest.class,
            ReviewsTest.class,
            RolesTest.class,
            SaleOffersTest.class,
            ServiceTest.class);

    /** The first test that fails, or "". */
    @Override
    public String call() throws ReflectiveOperationException {
        for (Class<?> type : CLASSES) {
            List<Method> tests = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            for (Method test : tests) {
                try {
                    test.invoke(type.getDeclaredConstructor().newInstance());
                } catch (InvocationTargetException failed) {
                    return type.getSimpleName() + "." + test.getName();
                }
            }
        }
        return "";
    }
}
