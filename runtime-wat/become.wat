;; become: in one pass over the heap that replaces every reference. Objects keep their structs; what changes is who refers to
;; them. (Two objects of one shape become each other by exchanging their contents: become_swap.wat.)

(global $replaced (mut (ref $Slots)) (global.get $empty_slots))       ;; objects whose references are replaced ...
(global $replacements (mut (ref $Slots)) (global.get $empty_slots))   ;; ... and by what
(global $replacement_map (mut (ref $Words)) (global.get $no_words))   ;; identity hash -> position + 1 in $replaced

(func $is_replaced (param $value eqref) (result i32)
  (block $no_object (result eqref)
    (return (i32.ge_u
      (struct.get $Object $hash (br_on_cast_fail $no_object eqref (ref $Object) (local.get $value)))
      (i32.const 0xFF000000))))
  (drop)
  (i32.const 0))

;; What an object marked 255 becomes. The replacement is visited unless it is to be replaced itself, which $visit_replaced_roots saw to.
(func $visit_replacement (param $object (ref $Object)) (result eqref)
  (local $target (ref $Object)) (local $mark i32)
  (local.set $target (ref.cast (ref $Object) (array.get $Slots (global.get $replacements)
    (call $replaced_index (local.get $object)))))
  (local.set $mark (i32.shr_u (struct.get $Object $hash (local.get $target)) (i32.const 24)))
  (if (i32.or (i32.eq (local.get $mark) (i32.const 255)) (i32.eq (local.get $mark) (global.get $walk_mark)))
    (then (return (local.get $target))))
  (return_call $visit_unmarked (local.get $target) (local.get $mark)))

;; Objects that are both replaced and replacements cannot carry the walk's mark: they are put into the list here, once.
(func $visit_replaced_roots
  (local $i i32) (local $target (ref $Object))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (global.get $replacements))))
      (local.set $target (ref.cast (ref $Object) (array.get $Slots (global.get $replacements) (local.get $i))))
      (if (call $is_replaced (local.get $target)) (then (call $meet (local.get $target))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $replaced_index (param $object (ref $Object)) (result i32)
  (local $index i32) (local $mask i32) (local $entry i32)
  (local.set $mask (i32.sub (array.len (global.get $replacement_map)) (i32.const 1)))
  (local.set $index (i32.and (call $identity_hash (local.get $object)) (local.get $mask)))
  (loop $probe
    (local.set $entry (array.get $Words (global.get $replacement_map) (local.get $index)))
    (if (i32.eqz (local.get $entry)) (then (return (i32.const -1))))
    (local.set $entry (i32.sub (local.get $entry) (i32.const 1)))
    (if (ref.eq (array.get $Slots (global.get $replaced) (local.get $entry)) (local.get $object))
      (then (return (local.get $entry))))
    (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
    (br $probe))
  (unreachable))

;; Marks the objects to be replaced and maps them; of two entries for one object the first counts.
(func $map_replaced
  (local $i i32) (local $size i32) (local $object (ref $Object))
  (local.set $size (i32.const 16))
  (loop $larger
    (if (i32.lt_u (local.get $size) (i32.shl (array.len (global.get $replaced)) (i32.const 1)))
      (then (local.set $size (i32.shl (local.get $size) (i32.const 1))) (br $larger))))
  (global.set $replacement_map (array.new_default $Words (local.get $size)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (global.get $replaced))))
      (local.set $object (ref.cast (ref $Object) (array.get $Slots (global.get $replaced) (local.get $i))))
      (if (i32.lt_s (call $replaced_index (local.get $object)) (i32.const 0))
        (then
          (call $map_replaced_object (local.get $object) (local.get $i))
          (struct.set $Object $hash (local.get $object)
            (i32.or (struct.get $Object $hash (local.get $object)) (i32.const 0xFF000000)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $map_replaced_object (param $object (ref $Object)) (param $position i32)
  (local $index i32) (local $mask i32)
  (local.set $mask (i32.sub (array.len (global.get $replacement_map)) (i32.const 1)))
  (local.set $index (i32.and (call $identity_hash (local.get $object)) (local.get $mask)))
  (loop $probe
    (if (array.get $Words (global.get $replacement_map) (local.get $index))
      (then
        (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
        (br $probe))))
  (array.set $Words (global.get $replacement_map) (local.get $index) (i32.add (local.get $position) (i32.const 1))))

;; --- the primitives' common part ---

;; 0: the elements of two Arrays can become each other; otherwise the error code.
(func $become_error (param $from eqref) (param $to eqref) (result i32)
  (local $a (ref $Slots)) (local $b (ref $Slots)) (local $i i32)
  (block $bad_receiver (result eqref)
    (local.set $a (struct.get $Indexed $slots (br_on_cast_fail $bad_receiver eqref (ref $Indexed) (local.get $from))))
    (block $bad_argument (result eqref)
      (local.set $b (struct.get $Indexed $slots (br_on_cast_fail $bad_argument eqref (ref $Indexed) (local.get $to))))
      (if (i32.ne (array.len (local.get $a)) (array.len (local.get $b))) (then (return (i32.const 3))))
      (block $done
        (loop $next
          (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $a))))
          (if (i32.eqz (call $can_become (array.get $Slots (local.get $a) (local.get $i)))) (then (return (i32.const 6))))
          (if (i32.eqz (call $can_become (array.get $Slots (local.get $b) (local.get $i)))) (then (return (i32.const 6))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next)))
      (return (i32.const 0)))
    (drop)
    (return (i32.const 3)))
  (drop)
  (i32.const 2))

;; Immediate objects cannot; nor can true and false, which translated code knows.
(func $can_become (param $value eqref) (result i32)
  (if (i32.eqz (ref.test (ref $Object) (local.get $value))) (then (return (i32.const 0))))
  (if (ref.test (ref $Character) (local.get $value)) (then (return (i32.const 0))))
;;@if WORD64
  (if (call $is_immediate_number (local.get $value)) (then (return (i32.const 0))))
;;@endif
  (i32.eqz (i32.or (ref.eq (local.get $value) (global.get $true)) (ref.eq (local.get $value) (global.get $false)))))

(func $become (param $from eqref) (param $to eqref) (param $arguments (ref $Slots)) (param $twoWay i32) (param $copyHash i32)
    (param $depth i32) (result eqref)
  (local $error i32) (local $selectors i32) (local $made_since i32)
  (call $strengthen_all)
  (local.set $error (call $become_error (local.get $from) (local.get $to)))
  (if (local.get $error) (then (return_call $fail_with (local.get $error))))
  (call $forget_instances)
  (if (local.get $twoWay)
    (then (if (call $can_swap_all (local.get $from) (local.get $to))
      (then (call $forget_settled) (return_call $swap_all (local.get $from) (local.get $to))))))
  (if (i32.eqz (call $may_walk (local.get $from) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $from) (local.get $arguments))))
  (if (i32.ge_u (global.get $walk_mark) (i32.const 253)) (then (call $reset_marks)))
  (global.set $replaced (call $become_list (local.get $from) (local.get $to) (local.get $twoWay)))
  (global.set $replacements (call $become_list (local.get $to) (local.get $from) (local.get $twoWay)))
  (local.set $selectors (i32.or (call $any_selector (global.get $replaced)) (call $any_selector (global.get $replacements))))
  (local.set $made_since (call $all_made_since))
  (call $map_replaced)
  (call $walk_to_replace (local.get $made_since))
  (call $replace_classes)
  (call $recheck_closures)
  (call $finish_become (local.get $twoWay) (local.get $copyHash))
  (call $end_walk)
  (call $refresh_special_objects)
  (if (local.get $selectors) (then (call $map_selectors)))
  (call $flush_method_caches)
  (local.get $from))

;; The array of special objects may have become another, or have got other contents.
(func $refresh_special_objects
  (if (ref.test (ref $Indexed) (global.get $special_objects_array))
    (then (global.set $special_objects (call $slots_of (global.get $special_objects_array))))))

;; The elements of the first Array; both ways: those of the second after them. A new array: the walk changes the Arrays.
(func $become_list (param $first eqref) (param $second eqref) (param $twoWay i32) (result (ref $Slots))
  (local $a (ref $Slots)) (local $b (ref $Slots)) (local $list (ref $Slots)) (local $count i32)
  (local.set $a (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $first))))
  (local.set $b (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $second))))
  (local.set $count (array.len (local.get $a)))
  (local.set $list (array.new_default $Slots (i32.shl (local.get $count) (local.get $twoWay))))
  (array.copy $Slots $Slots (local.get $list) (i32.const 0) (local.get $a) (i32.const 0) (local.get $count))
  (if (local.get $twoWay)
    (then (array.copy $Slots $Slots (local.get $list) (local.get $count) (local.get $b) (i32.const 0) (local.get $count))))
  (local.get $list))

;; Classes that have become others.
(func $replace_classes
  (local $i i32) (local $class eqref)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $class_table_size)))
      (local.set $class (array.get $Slots (global.get $class_table) (local.get $i)))
      (if (call $is_replaced (local.get $class))
        (then (array.set $Slots (global.get $class_table) (local.get $i) (call $visit (local.get $class)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; Translated blocks rely on the shape of their receiver, which may have changed.
(func $recheck_closures
  (local $i i32) (local $object eqref)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $walk_count)))
      (local.set $object (call $walked (local.get $i)))
      (if (ref.test (ref $BlockClosure) (local.get $object))
        (then (call $recheck_closure (ref.cast (ref $BlockClosure) (local.get $object)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $recheck_closure (param $closure (ref $BlockClosure))
  (if (ref.is_null (struct.get $BlockClosure $outer (local.get $closure))) (then (return)))
  (if (call $may_run_translated (call $closure_method (local.get $closure)) (call $closure_receiver (local.get $closure)))
    (then (return)))
;;@repeat 0 15
  (if (ref.test (ref $BlockClosure@n) (local.get $closure))
    (then (struct.set $BlockClosure@n $code (ref.cast (ref $BlockClosure@n) (local.get $closure))
      (ref.func $interpret_block_@n))))
;;@end
  )

;; Replacements that are replaced themselves were walked, others that are replaced were not: their marks say so. An identity hash stays with the references: both ways they are exchanged; one way the
;; replacement gets it where the primitive says so.
(func $finish_become (param $twoWay i32) (param $copyHash i32)
  (local $i i32) (local $a (ref $Object)) (local $b (ref $Object)) (local $hash i32) (local $count i32)
  (call $unmark (global.get $replacements) (i32.shl (global.get $walk_mark) (i32.const 24)))
  (call $unmark (global.get $replaced) (i32.const 0))
  (local.set $count (i32.shr_u (array.len (global.get $replaced)) (local.get $twoWay)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $a (ref.cast (ref $Object) (array.get $Slots (global.get $replaced) (local.get $i))))
      (local.set $b (ref.cast (ref $Object) (array.get $Slots (global.get $replacements) (local.get $i))))
      (local.set $hash (call $identity_hash (local.get $a)))
      (if (local.get $twoWay)
        (then
          (call $set_identity_hash (local.get $a) (call $identity_hash (local.get $b)))
          (call $set_identity_hash (local.get $b) (local.get $hash)))
        (else (if (local.get $copyHash)
          (then (call $set_identity_hash (local.get $b) (local.get $hash))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (global.set $replaced (global.get $empty_slots))
  (global.set $replacements (global.get $empty_slots))
  (global.set $replacement_map (global.get $no_words)))

;; Those that are still marked as replaced get another mark.
(func $unmark (param $objects (ref $Slots)) (param $mark i32)
  (local $i i32) (local $object (ref $Object))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $objects))))
      (local.set $object (ref.cast (ref $Object) (array.get $Slots (local.get $objects) (local.get $i))))
      (if (call $is_replaced (local.get $object))
        (then (struct.set $Object $hash (local.get $object)
          (i32.or (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0xFFFFFF)) (local.get $mark)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; elementsForwardIdentityTo:
(func $primitive_72 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (return_call $become (local.get $receiver) (local.get $other) (array.new_fixed $Slots 1 (local.get $other))
    (i32.const 0) (i32.const 1) (local.get $depth)))

;; elementsExchangeIdentityWith:
(func $primitive_128 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (return_call $become (local.get $receiver) (local.get $other) (array.new_fixed $Slots 1 (local.get $other))
    (i32.const 1) (i32.const 0) (local.get $depth)))

;; elementsForwardIdentityNoCopyHashTo:
(func $primitive_248 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (return_call $become (local.get $receiver) (local.get $other) (array.new_fixed $Slots 1 (local.get $other))
    (i32.const 0) (i32.const 0) (local.get $depth)))

;; elementsForwardIdentityTo:copyHash:
(func $primitive_249 (param $receiver eqref) (param $other eqref) (param $copyHash eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (i32.or (ref.eq (local.get $copyHash) (global.get $true)) (ref.eq (local.get $copyHash) (global.get $false))))
    (then (return_call $fail_with (i32.const 3))))
  (return_call $become (local.get $receiver) (local.get $other)
    (array.new_fixed $Slots 2 (local.get $other) (local.get $copyHash))
    (i32.const 0) (ref.eq (local.get $copyHash) (global.get $true)) (local.get $depth)))

(func $primitive_249_1 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (return_call $primitive_72 (local.get $receiver) (local.get $other) (local.get $depth)))
