;; Sends whose target the translator predicts. Each such site has a word in linear memory: the class index of receivers
;; that are known to reach the predicted code, 0 while none is. Translated code compares and calls directly; what
;; does not compare equal comes here.

;; Forgets what all sites have seen: a method has changed.
(func $forget_predictions
  (if (i32.gt_u (global.get $call_sites_size) (i32.sub (i32.shl (memory.size) (i32.const 16)) (i32.const 65536)))
    (then (return)))
  (memory.fill (i32.const 65536) (i32.const 0) (global.get $call_sites_size)))

;; Remembers the receiver's class if the site has seen none yet and $found is the method predicted.
;; Answers whether it did.
(func $remember_prediction (param $found eqref) (param $receiver eqref) (param $code i32) (param $site i32) (result i32)
  (local $method (ref $CompiledMethod))
  (if (i32.load (local.get $site)) (then (return (i32.const 0))))
  (block $other (result eqref)
    (local.set $method (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $found)))
    (if (i32.ne (struct.get $CompiledMethod $code (local.get $method)) (local.get $code)) (then (return (i32.const 0))))
    (if (i32.eqz (call $may_run_translated (local.get $method) (local.get $receiver))) (then (return (i32.const 0))))
    (i32.store (local.get $site) (call $class_index_of (local.get $receiver)))
    (return (i32.const 1)))
  (drop)
  (i32.const 0))

;; For a send with several candidates: whether it has not missed them too often. Counts.
(func $may_learn (param $misses i32) (param $limit i32) (result i32)
  (local $count i32)
  (local.set $count (i32.load (local.get $misses)))
  (if (i32.ge_u (local.get $count) (local.get $limit)) (then (return (i32.const 0))))
  (i32.store (local.get $misses) (i32.add (local.get $count) (i32.const 1)))
  (i32.const 1))

;; The first free of a candidate's words gets the receiver's class if it reaches the candidate and is not there yet. Answers
;; whether it did.
(func $learn_class (param $receiver eqref) (param $selector i32) (param $code i32) (param $site i32) (param $words i32)
    (result i32)
  (local $class i32)
  (local.set $class (call $class_index_of (local.get $receiver)))
  (loop $next
    (if (i32.eq (i32.load (local.get $site)) (local.get $class)) (then (return (i32.const 0))))
    (if (i32.eqz (i32.load (local.get $site)))
      (then (return_call $remember_prediction (call $method_for (local.get $class) (local.get $selector))
        (local.get $receiver) (local.get $code) (local.get $site))))
    (local.set $site (i32.add (local.get $site) (i32.const 4)))
    (br_if $next (local.tee $words (i32.sub (local.get $words) (i32.const 1)))))
  (i32.const 0))

;;@repeat 0 15
(func $send_predicted_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32) (param $depth i32)
    (param $code i32) (param $site i32) (result eqref)
  (if (i32.eqz (i32.load (local.get $site)))
    (then (drop (call $remember_prediction
      (call $method_for (call $class_index_of (local.get $receiver)) (local.get $selector))
      (local.get $receiver) (local.get $code) (local.get $site)))))
  (return_call_ref $Code@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $selector) (local.get $depth)
    (call $lookup_@n (local.get $receiver) (local.get $selector))))

(func $send_super_predicted_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $selector i32)
    (param $methodClass eqref) (param $depth i32) (param $code i32) (param $site i32) (result eqref)
  (drop (call $remember_prediction
    (call $super_method_for (local.get $receiver) (local.get $selector) (local.get $methodClass))
    (local.get $receiver) (local.get $code) (local.get $site)))
  (return_call $send_super_@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $selector)
    (local.get $methodClass) (local.get $depth)))
;;@end

;; Behind arithmetic the site's word is for SmallIntegers alone: not 0 means that they reach the predicted code.
(func $send_predicted_integer (param $receiver eqref) (param $selector i32) (param $depth i32) (param $code i32)
    (param $site i32) (result eqref)
  (if (ref.test (ref i31) (local.get $receiver))
    (then (return_call $send_predicted_0 (local.get $receiver) (local.get $selector) (local.get $depth) (local.get $code)
      (local.get $site))))
  (return_call $send_0 (local.get $receiver) (local.get $selector) (local.get $depth)))

;; A function that has guessed from its profile leaves for the interpreter.
(func $count_exit (param $word i32)
  (i32.store (local.get $word) (i32.add (i32.load (local.get $word)) (i32.const 1))))
