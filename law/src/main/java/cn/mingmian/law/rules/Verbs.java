package cn.mingmian.law.rules;

import static cn.mingmian.law.facts.Verb.ANALYSE;
import static cn.mingmian.law.facts.Verb.CAPTURE;
import static cn.mingmian.law.facts.Verb.DEPLOY;
import static cn.mingmian.law.facts.Verb.ENROL;
import static cn.mingmian.law.facts.Verb.ERASE;
import static cn.mingmian.law.facts.Verb.IDENTIFY;
import static cn.mingmian.law.facts.Verb.KEEP_IMAGE;
import static cn.mingmian.law.facts.Verb.PROMPT;
import static cn.mingmian.law.facts.Verb.PROVIDE;
import static cn.mingmian.law.facts.Verb.PUBLISH;
import static cn.mingmian.law.facts.Verb.RELY;
import static cn.mingmian.law.facts.Verb.TRANSMIT;
import static cn.mingmian.law.facts.Verb.VERIFY;

import cn.mingmian.law.facts.Verb;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Which verb is asked what: the groups that questions are put to.
public final class Verbs {
  /// Purpose, necessity, injunction.
  public static final Set<Verb> ALL_BUT_ERASE = allBut(ERASE);

  /// Controls, classified protection, assessment, filing.
  public static final Set<Verb> ALL_BUT_PROMPT_AND_ERASE = allBut(PROMPT, ERASE);

  /// What touches one person's face: rules for under-14s, the public-safety lock, expiry.
  public static final Set<Verb> ON_A_FACE = allBut(DEPLOY, PROMPT, ERASE);

  /// What happens in front of the lens: notice, and the place.
  public static final Set<Verb> BEFORE_THE_LENS = of(CAPTURE, ENROL, VERIFY, IDENTIFY, ANALYSE);

  /// Least impact and the last test.
  public static final Set<Verb> BY_DEVICE = of(DEPLOY, CAPTURE, ENROL, VERIFY, IDENTIFY, ANALYSE);

  /// The published processing rules.
  public static final Set<Verb> BY_DEVICE_OR_PROMPT =
      of(DEPLOY, PROMPT, CAPTURE, ENROL, VERIFY, IDENTIFY, ANALYSE);

  /// The legal ground, and consent where that is the ground.
  public static final Set<Verb> ON_A_GROUND =
      of(CAPTURE, ENROL, VERIFY, IDENTIFY, ANALYSE, KEEP_IMAGE, TRANSMIT, PROVIDE, PUBLISH, RELY);

  /// Another way in.
  public static final Set<Verb> AT_A_CHECKPOINT = of(DEPLOY, PROMPT, ENROL, VERIFY, IDENTIFY);

  /// The ban on private space.
  public static final Set<Verb> SOMEWHERE =
      of(DEPLOY, CAPTURE, ENROL, VERIFY, IDENTIFY, ANALYSE, KEEP_IMAGE);

  /// What stores: a retention period must be set.
  public static final Set<Verb> STORING = of(ENROL, KEEP_IMAGE);

  private Verbs() {}

  public static Set<Verb> of(Verb first, Verb... rest) {
    return Collections.unmodifiableSet(EnumSet.of(first, rest));
  }

  public static Set<Verb> allBut(Verb first, Verb... rest) {
    return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(first, rest)));
  }
}
