(func $Object>>at: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $array (ref null $Indexed)) (local $elements (ref null $Slots))
  (local $s0 eqref) (local $s1 eqref)
  (local.set $r (call $primitive_60 (local.get $self) (local.get $t0) (local.get $depth)))
  (if (global.get $counting) (then (call $note_call (i32.const 60) (local.get $r))))
  (if (i32.eqz (ref.eq (local.get $r) (global.get $failed))) (then (return (local.get $r))))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 769))))))
    ;; 49 callPrimitive: 60
    ;; 52 pushTemp: 0
    ;; 53 send: isInteger
    (local.get $t0) (i32.const 32) (i32.add (local.get $depth) (i32.const 19))
    (call $lookup_0 (local.get $t0) (i32.const 32)) call_ref $Code0
    local.set $s0
    (drop (br_if $unwound (i32.const 1281) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 54 jumpFalse: 67
    (ref.eq (local.get $s0) (global.get $true))
    if
      ;; 56 self
      ;; 57 send: class
      (local.set $s0 (call $class_of (local.get $self)))
      ;; 58 send: isVariable
      (if (result eqref) (i32.eq (call $class_index_of (local.get $s0)) (i32.load offset=65536 (i32.const 0)))
        (then (call $Behavior>>isVariable (local.get $s0) (i32.const 33) (i32.add (local.get $depth) (i32.const 19))))
        (else (call $send_predicted_0 (local.get $s0) (i32.const 33) (i32.add (local.get $depth) (i32.const 19)) (i32.const 11894) (i32.const 65536))))
      local.set $s0
      (drop (br_if $unwound (i32.const 2561) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 59 jumpFalse: 64
      (ref.eq (local.get $s0) (global.get $true))
      if
        ;; 60 self
        ;; 61 pushTemp: 0
        ;; 62 send: errorSubscriptBounds:
        (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65540 (i32.const 0)))
          (then (call $Object>>errorSubscriptBounds: (local.get $self) (local.get $t0) (i32.const 34) (i32.add (local.get $depth) (i32.const 19))))
          (else (call $send_predicted_1 (local.get $self) (local.get $t0) (i32.const 34) (i32.add (local.get $depth) (i32.const 19)) (i32.const 1828) (i32.const 65540))))
        local.set $s0
        (drop (br_if $unwound (i32.const 3585) (ref.eq (local.get $s0) (global.get $unwind))))
        ;; 63 jumpTo: 66
      else
        (drop (br_if $unwound (i32.const 2562) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
        ;; 64 self
        ;; 65 send: errorNotIndexable
        (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65544 (i32.const 0)))
          (then (call $Object>>errorNotIndexable (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 19))))
          (else (call $send_predicted_0 (local.get $self) (i32.const 35) (i32.add (local.get $depth) (i32.const 19)) (i32.const 1922) (i32.const 65544))))
        local.set $s0
        (drop (br_if $unwound (i32.const 4353) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 66 pop
    else
      (drop (br_if $unwound (i32.const 1282) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
    end
    ;; 67 pushTemp: 0
    ;; 68 send: isNumber
    (local.get $t0) (i32.const 36) (i32.add (local.get $depth) (i32.const 19))
    (call $lookup_0 (local.get $t0) (i32.const 36)) call_ref $Code0
    local.set $s0
    (drop (br_if $unwound (i32.const 5121) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 69 jumpFalse: 75
    (ref.eq (local.get $s0) (global.get $true))
    if
      ;; 70 self
      ;; 71 pushTemp: 0
      ;; 72 send: asInteger
      (local.set $s0 (local.get $self))
      (local.get $t0) (i32.const 37) (i32.add (local.get $depth) (i32.const 19))
      (call $lookup_0 (local.get $t0) (i32.const 37)) call_ref $Code0
      local.set $s1
      (drop (br_if $unwound (i32.const 6146) (ref.eq (local.get $s1) (global.get $unwind))))
      ;; 73 send: at:
      block $sent
        block $other
          (br_if $other (i32.eqz (ref.test (ref i31) (local.get $s1))))
          (br_if $other (i32.eqz (ref.test (ref $Indexed) (local.get $s0))))
          (local.set $array (ref.cast (ref $Indexed) (local.get $s0)))
          (br_if $other (i32.ne (struct.get $Indexed $classIndex (local.get $array)) (global.get $plain_array_class)))
          (local.set $elements (struct.get $Indexed $slots (local.get $array)))
          (i31.get_s (ref.cast (ref i31) (local.get $s1)))
          (local.set $x (i32.sub (i32.const 1)))
          (if (i32.lt_u (local.get $x) (array.len (local.get $elements))) (then
            (local.set $s0 (array.get $Slots (local.get $elements) (local.get $x)))
            br $sent
          ))
        end
        (call $send_at_general (local.get $s0) (local.get $s1) (i32.add (local.get $depth) (i32.const 19)))
        local.set $s0
        (drop (br_if $unwound (i32.const 6401) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 74 returnTop
      (local.get $s0) return
    else
      (drop (br_if $unwound (i32.const 5122) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
      ;; 75 self
      ;; 76 send: errorNonIntegerIndex
      (if (result eqref) (i32.eq (call $class_index_of (local.get $self)) (i32.load offset=65548 (i32.const 0)))
        (then (call $Object>>errorNonIntegerIndex (local.get $self) (i32.const 38) (i32.add (local.get $depth) (i32.const 19))))
        (else (call $send_predicted_0 (local.get $self) (i32.const 38) (i32.add (local.get $depth) (i32.const 19)) (i32.const 1901) (i32.const 65548))))
      local.set $s0
      (drop (br_if $unwound (i32.const 7169) (ref.eq (local.get $s0) (global.get $unwind))))
      ;; 77 pop
      ;; 78 returnSelf
      (local.get $self) return
    end
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 1484) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $t0) (local.get $s0) (local.get $s1))))
)
